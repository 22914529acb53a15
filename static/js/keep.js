// hx-swap="keep": the answer takes the place of what it replaces, but what is the same on both sides stays as it is.
// Focus, open parts and places scrolled to are kept, and the browser lays out and paints no more than what differs.

htmx.defineExtension("keep", {
  handleSwap(style, target, fragment) {
    if (style !== "keep") return false;
    const fresh = fragment.getElementById(target.id);
    if (fresh) {
      keep(target, fresh);
      return [target]; // htmx looks it through for what it has to know
    }
    const all = [...fragment.children];
    target.replaceWith(fragment);
    return all;
  },
});

// htmx asks session storage, which a browser fetches when it is first asked: now, and not when a reader waits.
(window.requestIdleCallback ?? setTimeout)(() => {
  try {
    sessionStorage.getItem("");
  } catch {
    /* it can be forbidden */
  }
});

// Make the children of one element those of another, which is used up.
function keepChildren(old, fresh) {
  let at = old.firstChild; // what stands before it is done
  for (let child = fresh.firstChild; child; ) {
    const next = child.nextSibling;
    const same = partner(at, child);
    if (same) {
      while (at !== same) at = without(at);
      at = same.nextSibling;
      keep(same, child);
    } else {
      old.insertBefore(child, at);
    }
    child = next;
  }
  while (at) at = without(at);
}

// The first of some siblings that may become a node: the one of its id, or one of its kind that comes at once.
function partner(at, { nodeName, id }) {
  if (id) {
    while (at && !(at.id === id && at.nodeName === nodeName)) at = at.nextSibling;
    return at;
  }
  return at && at.nodeName === nodeName && !at.id ? at : null;
}

function without(node) {
  const { nextSibling } = node;
  node.remove();
  return nextSibling;
}

function keep(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeName === "TEMPLATE") {
    old.replaceWith(fresh);
    return;
  }
  // Nothing is seen of what a template holds when nodes are compared, nor of what was typed or chosen.
  if (old.isEqualNode(fresh) && !("value" in old) && !old.querySelector("input, select, textarea, template")) return;
  for (const { name } of [...old.attributes]) {
    // A part that the reader opened stays open.
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  // What was typed or chosen is no attribute. Read before the children go over: a list of options chooses among them.
  const { checked, value } = fresh;
  keepChildren(old, fresh);
  if (checked !== undefined && old.checked !== checked) old.checked = checked;
  if (value !== undefined && "value" in old && old.nodeName !== "LI" && old.value !== value) old.value = value;
}
