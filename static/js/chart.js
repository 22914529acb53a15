// Plotly takes over where the server drew a chart: same place, same colours, nothing moves. It is loaded when the
// page is idle, or as soon as the reader points at a chart, focuses or touches it. Without it the drawing stays.
//
// A chart is <figure data-chart data-plotly="URL of plotly.js" data-plotly-css="URL of css/plotly.css"> with the
// drawing (.chart-box) and the figure's JSON in a <template data-figure> inside: htmx drops script elements.

const charts = new Map(); // figure element -> its state
let plotly = null; // the promise of Plotly, once asked for

function mount(root) {
  const found = root.matches?.("figure[data-chart]") ? [root] : root.querySelectorAll?.("figure[data-chart]") ?? [];
  for (const figure of found) {
    if (charts.has(figure) || !figure.querySelector(".chart-plot")) continue;
    const state = { figure, box: figure.querySelector(".chart-box"), end: new AbortController(), live: null };
    charts.set(figure, state);
    for (const sign of ["pointerenter", "focusin", "touchstart"]) {
      figure.addEventListener(sign, () => take(state), { passive: true, signal: state.end.signal });
    }
    if (plotly) take(state);
    else if (!navigator.connection?.saveData) whenIdle(() => charts.has(figure) && take(state));
  }
}

// Forget the charts under an element that is about to go, and give Plotly's memory back.
function release(root) {
  for (const [figure, state] of charts) {
    if (figure.isConnected && !root.contains(figure)) continue;
    charts.delete(figure);
    state.end.abort();
    state.sizes?.disconnect();
    if (state.live) {
      window.Plotly.purge(state.live);
      state.live.remove();
      state.box.classList.remove("chart-is-live", "chart-is-zoomed");
    }
  }
}

function whenIdle(task) {
  const wait = () => (window.requestIdleCallback ? requestIdleCallback(task, { timeout: 4000 }) : setTimeout(task, 1000));
  if (document.readyState === "complete") wait();
  else window.addEventListener("load", wait, { once: true });
}

async function take(state) {
  if (state.taking) return;
  state.taking = true;
  try {
    await loadPlotly(state.figure.dataset);
    if (charts.get(state.figure) === state) await draw(state);
  } catch (problem) {
    state.taking = false; // the drawing stays, and the next touch tries again
    state.live?.remove();
    state.live = null;
    state.figure.dataset.chartProblem = problem.message;
  }
}

function loadPlotly({ plotly: script, plotlyCss: css }) {
  plotly ??= (async () => {
    allowStyleAttributes();
    // Plotly writes its rules into the sheet of this id instead of adding a style element of its own.
    await arrived(Object.assign(document.createElement("link"), { rel: "stylesheet", id: "plotly.js-style-global", href: css }));
    const element = Object.assign(document.createElement("script"), { src: script, async: true });
    const restore = withholdStyleElements(element);
    await arrived(element).finally(restore);
  })();
  plotly.catch(() => (plotly = null));
  return plotly;
}

function arrived(element) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      reject(new Error(`${element.src || element.href} did not load`));
    };
    document.head.append(element);
  });
}

// Plotly sets style attributes in places. The policy forbids those, but not the same through the object model.
function allowStyleAttributes() {
  const setAttribute = Element.prototype.setAttribute;
  if (setAttribute.guarded) return;
  Element.prototype.setAttribute = function (name, value) {
    if (String(name).toLowerCase() === "style" && this.style) this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  Element.prototype.setAttribute.guarded = true;
}

// The full bundle brings a map library that adds a style element as it loads, for maps that no page here has.
// While that one script runs, it gets an inert element in its place.
function withholdStyleElements(script) {
  const createElement = document.createElement;
  document.createElement = function (name, ...rest) {
    const withheld = document.currentScript === script && String(name).toLowerCase() === "style";
    return createElement.call(this, withheld ? "template" : name, ...rest);
  };
  return () => delete document.createElement;
}

async function draw(state) {
  const { figure, box } = state;
  state.packed = JSON.parse(figure.querySelector("template[data-figure]").content.textContent);
  state.packed.data.forEach(unpack);
  state.live = document.createElement("div");
  state.live.className = "chart-live";
  // What it shows has its name, its events and its table beside it: the picture it covers keeps the name.
  state.live.setAttribute("aria-hidden", "true");
  box.querySelector(".chart-picture").after(state.live);
  const { data, layout, config } = painted(state);
  state.home = layout.xaxis.range.map(moment);
  await window.Plotly.newPlot(state.live, data, layout, config);
  box.classList.add("chart-is-live");
  state.live.on("plotly_relayout", (change) => {
    if (Object.keys(change).some((key) => key.startsWith("xaxis.range") || key === "xaxis.autorange")) follow(state);
  });
  state.sizes = new ResizeObserver(() => {
    if (!box.isConnected) release(figure); // taken off the page without a word
    else if (box.clientWidth) window.Plotly.relayout(state.live, sizes(state));
  });
  state.sizes.observe(box);
  box.querySelector(".chart-reset").addEventListener("click", () => goHome(state), { signal: state.end.signal });
}

function unpack(trace) {
  const { x, y, width } = trace;
  if (x?.halves) {
    let half = Date.parse(x.first.length > 10 ? `${x.first.replace(" ", "T")}Z` : x.first);
    trace.x = [half, ...x.halves.map((step) => (half += step * 43200000))].map((at) => new Date(at).toISOString().slice(0, 16).replace("T", " "));
  }
  if (y?.steps) {
    let whole = 0;
    trace.y = y.steps.map((step) => (step === null ? null : (whole += step) / y.scale));
  }
  if (width?.counts) trace.width = width.counts.map((count) => count * width.unit);
}

// The figure in the reader's colours, at the size of the drawing.
function painted(state) {
  const probe = document.createElement("span");
  state.box.append(probe);
  const resolved = {};
  for (const [color, property] of Object.entries(state.packed.colors)) {
    probe.style.color = `var(${property})`;
    resolved[color] = getComputedStyle(probe).color;
  }
  probe.remove();
  const paint = (node) => {
    if (typeof node === "string") return resolved[node] ?? node;
    if (Array.isArray(node)) return typeof node[0] === "object" && node[0] ? node.map(paint) : node;
    return node && typeof node === "object" ? Object.fromEntries(Object.entries(node).map(([k, v]) => [k, paint(v)])) : node;
  };
  const { data, layout, config } = paint({ ...state.packed, layout: structuredClone(state.packed.layout) }); // Plotly writes into it
  Object.assign(layout, sizes(state));
  const { fontFamily } = getComputedStyle(state.box.querySelector(".chart-picture"));
  layout.font.family = fontFamily;
  layout.hoverlabel.font.family = fontFamily;
  // A finger scrolls the page; zooming is for the mouse.
  if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
  return { data, layout, config };
}

function sizes({ box }) {
  const outer = box.getBoundingClientRect();
  const inner = box.querySelector(".chart-plot").getBoundingClientRect();
  return {
    width: outer.width,
    height: outer.height,
    margin: {
      l: inner.left - outer.left,
      r: outer.right - inner.right,
      t: inner.top - outer.top,
      b: outer.bottom - inner.bottom,
      pad: 0,
      autoexpand: false,
    },
  };
}

// After a zoom Plotly shows its own ticks and the values in sight fill the height; events keep to their days.
function follow(state) {
  if (state.following) return;
  state.following = true;
  const range = state.live.layout.xaxis.range.map(moment);
  const away = Math.abs(range[0] - state.home[0]) + Math.abs(range[1] - state.home[1]) > 3600000;
  state.box.classList.toggle("chart-is-zoomed", away);
  state.box.querySelector(".chart-reset").hidden = !away;
  placeEvents(state, away ? range : state.home);
  window.Plotly.relayout(state.live, {
    "xaxis.showticklabels": away,
    "yaxis.showticklabels": away,
    // Clear ticks keep the labels as far from the plot as the drawing's.
    "xaxis.ticks": away ? "outside" : "",
    "yaxis.ticks": away ? "outside" : "",
    "xaxis.ticklen": 6,
    "yaxis.ticklen": 6,
    "yaxis.showgrid": away,
    "yaxis.range": away ? valuesInSight(state, range) : [...state.packed.layout.yaxis.range],
  }).finally(() => (state.following = false));
}

function goHome(state) {
  return window.Plotly.relayout(state.live, { "xaxis.range": [...state.packed.layout.xaxis.range] });
}

function moment(at) {
  return typeof at === "string" ? Date.parse(at.length > 10 ? `${at.trim().replace(" ", "T")}Z` : at) : Number(at);
}

function valuesInSight(state, [from, to]) {
  const log = state.packed.layout.yaxis.type === "log";
  let low = Infinity;
  let high = -Infinity;
  for (const trace of state.packed.data) {
    trace.y.forEach((value, i) => {
      const at = trace.x ? moment(trace.x[i]) : moment(trace.x0) + i * trace.dx;
      if (value === null || at < from || at > to || (log && value <= 0)) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
    if (trace.type === "bar" || trace.fill) {
      low = Math.min(low, 0);
      high = Math.max(high, 0);
    }
  }
  if (!(low < high)) return [...state.packed.layout.yaxis.range];
  if (log) return [Math.log10(low / 1.1), Math.log10(high * 1.1)];
  const room = (high - low) * 0.04;
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
}

function placeEvents({ box }, [from, to]) {
  const last = new Map(); // row -> right end of the name before
  const width = box.querySelector(".chart-plot").clientWidth;
  for (const link of box.querySelectorAll(".chart-event")) {
    const part = (Date.parse(link.dataset.date) - from) / (to - from);
    link.classList.toggle("chart-out", part < 0 || part > 1);
    const at = `${(part * 100).toFixed(2)}%`;
    for (const mark of link.children) {
      for (const name of ["x", "x1", "x2", "cx"]) if (mark.hasAttribute(name)) mark.setAttribute(name, at);
    }
    const text = link.classList.contains("chart-event-small") ? null : link.querySelector("text");
    if (!text || part < 0 || part > 1 || getComputedStyle(link).display === "none") continue;
    const length = text.getComputedTextLength();
    const start = part * width + (text.getAttribute("text-anchor") === "end" ? -length - 5 : 5);
    const clear = start >= (last.get(text.getAttribute("y")) ?? -40) && start + length <= width + 14;
    text.classList.toggle("chart-out", !clear);
    if (clear) last.set(text.getAttribute("y"), start + length + 10);
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
document.addEventListener("ledger:theme", repaint); // the reader's own switch, static/js/theme.js

function repaint() {
  for (const state of charts.values()) {
    if (!state.box.classList.contains("chart-is-live")) continue;
    const { data, layout, config } = painted(state);
    layout.xaxis.range = [...state.live.layout.xaxis.range];
    window.Plotly.react(state.live, data, layout, config).then(() => follow(state));
  }
}

window.addEventListener("beforeprint", () => {
  for (const state of charts.values()) if (state.box.classList.contains("chart-is-zoomed")) placeEvents(state, state.home);
});
window.addEventListener("afterprint", () => {
  for (const state of charts.values()) if (state.box.classList.contains("chart-is-zoomed")) follow(state);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => detail.shouldSwap && release(detail.target));
document.addEventListener("htmx:load", ({ detail }) => mount(detail.elt));
document.addEventListener("htmx:historyRestore", () => mount(document));
mount(document);
