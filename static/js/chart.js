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
    state.keys = state.box.querySelector(".chart-keys");
    if (state.keys) state.keys.hidden = false;
    for (const sign of ["pointerenter", "focusin", "touchstart"]) {
      figure.addEventListener(sign, () => take(state), { passive: true, signal: state.end.signal });
    }
    // What has just come is the server's drawing: it is painted before Plotly draws, wherever the pointer rests.
    state.painted = new Promise(whenPainted);
    if (plotly) take(state);
    else if (!navigator.connection?.saveData) {
      ahead(figure.dataset.plotly);
      whenIdle(() => charts.has(figure) && take(state));
    }
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
      const { live } = state;
      live.remove();
      state.box.classList.remove("chart-is-live", "chart-is-zoomed");
      whenPainted(() => whenIdle(() => window.Plotly.purge(live))); // nobody waits for it
    }
  }
}

// After the next picture is on the screen: what is due in the frame after it comes when it is there.
function whenPainted(task) {
  if (document.hidden) setTimeout(task);
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(task)));
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
    await Promise.all([loadPlotly(state.figure.dataset), state.painted]);
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
    ahead(script);
    // Plotly writes its rules into the sheet of this id instead of adding a style element of its own.
    await arrived(Object.assign(document.createElement("link"), { rel: "stylesheet", id: "plotly.js-style-global", href: css }));
    const element = Object.assign(document.createElement("script"), { src: script, async: true });
    const restore = withholdStyleElements(element);
    await arrived(element).finally(restore);
  })();
  plotly.catch(() => (plotly = null));
  return plotly;
}

// Fetch a script, and do not run it yet.
function ahead(script) {
  if (document.querySelector('link[rel="preload"][as="script"]')) return;
  const link = Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: script });
  link.fetchPriority = "low";
  document.head.append(link);
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
  state.packed.layout = { separators: ".,", hovermode: "x unified", ...state.packed.layout };
  state.packed.data = state.packed.data.map((trace) => unpacked(trace, state.packed.layout.separators));
  state.live = document.createElement("div");
  state.live.className = "chart-live";
  // What it shows has its name, its events and its table beside it: the picture it covers keeps the name.
  state.live.setAttribute("aria-hidden", "true");
  box.querySelector(".chart-picture").after(state.live);
  const { data, layout, config } = painted(state);
  state.home = layout.xaxis.range.map(moment);
  await window.Plotly.newPlot(state.live, data, layout, config);
  if (charts.get(figure) !== state) return window.Plotly.purge(state.live); // another answer has come meanwhile
  box.classList.add("chart-is-live");
  state.live.on("plotly_relayout", (change) => {
    if (Object.keys(change).some((key) => key.startsWith("xaxis.range") || key === "xaxis.autorange")) follow(state);
  });
  state.sizes = new ResizeObserver(() => {
    if (!box.isConnected) release(figure); // taken off the page without a word
    else if (box.clientWidth) window.Plotly.relayout(state.live, sizes(state));
  });
  state.sizes.observe(box);
  if (state.keys) listen(state);
  box.querySelector(".chart-reset").addEventListener("click", () => goHome(state), { signal: state.end.signal });
}

function unpacked(packed, separators) {
  const trace = { type: "scatter", mode: "lines", hoverinfo: "x+y+name", dx: 86400000, yhoverformat: ",.0f", ...packed };
  if (trace.fill) trace.fillcolor ??= "--accent-soft";
  if (trace.mode === "lines") trace.line ??= { color: "--series-1", width: 2 };
  const { x, y, width } = trace;
  if (trace.type === "bar") delete trace.mode;
  if (x?.halves) {
    let half = Date.parse(x.first.length > 10 ? `${x.first.replace(" ", "T")}Z` : x.first);
    trace.x = [half, ...x.halves.map((step) => (half += step * 43200000))].map((at) => new Date(at).toISOString().slice(0, 16).replace("T", " "));
  }
  if (y?.departures !== undefined) trace.y = numbers(y);
  if (width?.counts) trace.width = width.counts.map((count) => count * width.unit);
  if (trace.hovertext?.months) trace.hovertext = trace.x.map((x, i) => told(trace.hovertext, i, moment(x), trace.y[i], separators));
  return trace;
}

// "26 Feb – 4 Mar 2022: 1,234", as the server writes it: the days around the middle of a bar, and its value.
function told({ months, days, decimals }, i, middle, value, [point, group]) {
  const half = ((days[i] ?? days) - 1) * 43200000;
  const [first, last] = [middle - half, middle + half].map((at) => new Date(at));
  const written = (at, year) => `${at.getUTCDate()} ${months[at.getUTCMonth()]}${year ? ` ${at.getUTCFullYear()}` : ""}`;
  const span = half ? `${written(first, first.getUTCFullYear() !== last.getUTCFullYear())} – ` : "";
  const [whole, part] = Math.abs(value).toFixed(decimals).split(".");
  const number = whole.replace(/\B(?=(\d{3})+$)/g, group) + (part ? point + part : "");
  return `${span}${written(last, true)}: ${value < 0 ? "−" : ""}${number}`;
}

// Differences by how they depart from the mean of the seven before: conflict/charts/packing.py says how they are written.
function numbers({ first, departures, days, scale = 1, ones, holes = [] }) {
  const bytes = atob(departures);
  let at = 0;
  const bit = () => (bytes.charCodeAt(at >> 3) >> (7 - (at++ & 7))) & 1;
  const bits = (count) => {
    let number = 0;
    for (; count; count--) number = 2 * number + bit();
    return number;
  };
  const steps = [];
  const departed = [];
  let whole = first;
  let size = 32 * 16;
  const known = [whole / scale];
  for (;;) {
    const usual = Math.floor(size / 32);
    let low = 0;
    while (2 ** (low + 1) <= usual) low++;
    let high = 0;
    while (high < 24 && bit()) high++;
    if (at > 8 * bytes.length) break;
    const number = high < 24 ? high * 2 ** low + bits(low) : bits(64);
    size += number - usual;
    const departure = number % 2 ? -(number + 1) / 2 : number / 2;
    const before = steps.slice(-7);
    const count = before.length || 1;
    const mean = Math.floor((2 * before.reduce((sum, step) => sum + step, 0) + count) / (2 * count));
    const left = days ? (departed.at(-days) ?? 0) : 0;
    departed.push(departure);
    steps.push(mean + departure - Math.floor((3 * left + 2) / 4));
    whole += ones ? 10 * steps.at(-1) + (ones[steps.length - 1] ?? 0) : steps.at(-1);
    known.push(whole / scale);
  }
  for (const hole of holes) known.splice(hole, 0, null); // in the order of places, so each falls where it was
  return known;
}

// What is the same for every chart. Ground, ticks and names are the drawing's; colours are tokens of the stylesheet.
const CLEAR = "rgba(0,0,0,0)";
// Plotly's own dates (ticks after a zoom, the day pointed at) in the language of the page, as the browser knows it. A month
// stands beside a day there, which in Ukrainian is another form than its name alone.
function inTheReadersLanguage() {
  const locale = document.documentElement.lang;
  if (!locale || locale === "en") return {};
  const parts = (options, type, dates) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return dates.map((date) => format.formatToParts(date).find((part) => part.type === type).value.replace(/\.$/, ""));
  };
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2023, month, 15));
  const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2023, 0, 1 + day)); // 1 January 2023 was a Sunday
  const format = {
    months: parts({ day: "numeric", month: "long" }, "month", months),
    shortMonths: parts({ day: "numeric", month: "short" }, "month", months),
    days: parts({ weekday: "long" }, "weekday", days),
    shortDays: parts({ weekday: "short" }, "weekday", days),
    date: "%d.%m.%Y",
  };
  return { locale, locales: { [locale]: { dictionary: {}, format } } };
}

const CONFIG = { displayModeBar: false, showTips: false, doubleClick: "reset", scrollZoom: false };
const AXIS = { showgrid: false, zeroline: false, showticklabels: false, ticks: "", tickcolor: CLEAR, gridcolor: "--rule" };

function dressed({ data, layout }) {
  const { xaxis, yaxis, ...rest } = structuredClone(layout); // Plotly writes into it
  return {
    data,
    layout: {
      paper_bgcolor: CLEAR,
      plot_bgcolor: CLEAR,
      font: { size: 12, color: "--ink-2" },
      showlegend: false,
      barmode: "overlay",
      bargap: 0,
      dragmode: "zoom",
      hoverlabel: { bgcolor: "--sheet", bordercolor: "--rule", namelength: -1, font: { color: "--ink", size: 12 } },
      ...rest,
      xaxis: { ...AXIS, type: "date", hoverformat: "%-d %B %Y", ...xaxis },
      yaxis: { ...AXIS, type: "linear", fixedrange: true, tickformat: ",", ...yaxis, title: undefined },
    },
  };
}

// The figure in the reader's colours, at the size of the drawing.
function painted(state) {
  const probe = document.createElement("span");
  state.box.append(probe);
  const resolved = {};
  const color = (token) => {
    probe.style.color = `var(${token})`;
    return (resolved[token] ??= getComputedStyle(probe).color);
  };
  const paint = (node) => {
    if (typeof node === "string") return node.startsWith("--") ? color(node) : node;
    if (Array.isArray(node)) return typeof node[0] === "object" && node[0] ? node.map(paint) : node;
    return node && typeof node === "object" ? Object.fromEntries(Object.entries(node).map(([k, v]) => [k, paint(v)])) : node;
  };
  const { data, layout } = paint(dressed(state.packed));
  probe.remove();
  Object.assign(layout, sizes(state));
  const { fontFamily } = getComputedStyle(state.box.querySelector(".chart-picture"));
  layout.font.family = fontFamily;
  layout.hoverlabel.font.family = fontFamily;
  // A finger scrolls the page; zooming is for the mouse.
  if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
  return { data, layout, config: { ...CONFIG, ...inTheReadersLanguage() } };
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

// By keyboard: one value, or those of one day, after the other. The label is Plotly's; screen readers get the words.
function listen(state) {
  const { keys, live, end } = state;
  const places = valuesInOrder(state);
  oneByOne(keys, places, {
    signal: end.signal,
    inSight() {
      const [from, to] = live.layout.xaxis.range.map(moment);
      return places.map(({ when }, place) => (when >= from && when <= to ? place : -1)).filter((place) => place >= 0);
    },
    show: ({ when }) => window.Plotly.Fx.hover(live, { xval: when, yval: 0 }, "xy"),
    hide: () => window.Plotly.Fx.unhover(live),
  });
}

// Move through `places` by the keys of a slider; each has its `words`. `across(at, way)` is the place that Up and Down
// lead to where there are rows. Returns how to go to a place.
function oneByOne(keys, places, { signal, start = places.length - 1, inSight, show, hide, across }) {
  let at = start;
  const tell = () => {
    const seen = inSight?.() ?? [0, places.length - 1];
    if (!seen.length) return;
    at = Math.min(Math.max(at, seen[0]), seen.at(-1));
    keys.setAttribute("aria-valuemax", places.length);
    keys.setAttribute("aria-valuenow", at + 1);
    keys.setAttribute("aria-valuetext", places[at].words);
    if (document.activeElement === keys) show(places[at]);
  };
  const go = (place) => {
    at = Math.min(Math.max(place, 0), places.length - 1);
    tell();
  };
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30, Home: -Infinity, End: Infinity };
  keys.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = across && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (row) go(across(at, row));
    else if (event.key in steps) go(at + steps[event.key]);
    else if (event.key === "Enter" && places[at].link) places[at].link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    else return;
    event.preventDefault();
  }, { signal });
  keys.addEventListener("focus", tell, { signal });
  keys.addEventListener("blur", hide, { signal });
  tell();
  return go;
}

// A drawing that Plotly does not take over: its marks are the places, their titles the words, and what holds them the rows.
// The mark that one is at has a ring, and its words stand under the picture.
function explore(place) {
  const keys = place.querySelector('[role="slider"]');
  const said = place.querySelector(".points-said");
  const picture = place.querySelector(".points-on");
  const titles = [...place.querySelectorAll("svg :not(svg) > title")];
  if (!keys || !titles.length) return;
  const rows = new Map();
  const places = titles.map((title) => {
    const mark = title.parentNode;
    const holder = mark.parentNode;
    if (!rows.has(holder)) rows.set(holder, []);
    const name = holder.dataset.name;
    const made = { mark, link: mark.closest("a"), words: name ? `${name}, ${title.textContent}` : title.textContent, row: rows.get(holder) };
    made.row.push(made);
    return made;
  });
  const inOrder = [...rows.values()];
  const outermost = (one) => (one.ownerSVGElement ? outermost(one.ownerSVGElement) : one);
  const left = ({ mark }) => mark.getBoundingClientRect().left - outermost(mark).getBoundingClientRect().left;
  const hint = said.textContent;
  const ring = Object.assign(document.createElement("span"), { className: "points-ring", hidden: true });
  const hide = () => {
    ring.hidden = true;
    said.textContent = hint;
  };
  const show = ({ mark, words }) => {
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    const [outer, inner] = [picture, mark].map((one) => one.getBoundingClientRect());
    ring.hidden = false;
    ring.style.left = `${inner.left - outer.left}px`;
    ring.style.top = `${inner.top - outer.top}px`;
    ring.style.width = `${inner.width}px`;
    ring.style.height = `${inner.height}px`;
    said.textContent = words;
  };
  const across = (at, way) => {
    const row = inOrder[inOrder.indexOf(places[at].row) + way];
    const from = left(places[at]);
    const nearest = row?.reduce((best, one) => (Math.abs(left(one) - from) < Math.abs(left(best) - from) ? one : best));
    return nearest ? places.indexOf(nearest) : at;
  };
  const start = (place.dataset.points === "newest-first" ? inOrder[0].length : places.length) - 1;
  const go = oneByOne(keys, places, { start, show, hide, across: inOrder.length > 1 ? across : undefined });
  picture.append(ring);
  keys.hidden = false;
  // A finger has no pointer that rests: what it touches is said as well, a mark without a filled ground too.
  picture.addEventListener("click", ({ target, clientX: x, clientY: y }) => {
    if (target.closest("a")) return;
    const at = places.findIndex(({ mark }) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      return left <= x && x <= right && top <= y && y <= bottom;
    });
    if (at < 0) return;
    keys.focus({ preventScroll: true });
    go(at);
  });
}

function valuesInOrder({ packed: { data, layout } }) {
  const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; // as the site writes days
  const day = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
  const places = new Map();
  for (const trace of data) {
    if (trace.hoverinfo === "skip") continue;
    const decimals = Number(/\.(\d)f/.exec(trace.yhoverformat ?? "")?.[1] ?? 0);
    const number = new Intl.NumberFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    trace.y.forEach((value, i) => {
      if (value === null) return;
      const when = trace.x ? moment(trace.x[i]) : moment(trace.x0) + i * trace.dx;
      const place = places.get(when) ?? { when, said: [] };
      place.said.push(trace.hovertext?.[i] ?? `${trace.name} ${number.format(value)}`);
      places.set(when, place);
    });
  }
  const unit = layout.yaxis.title?.text;
  return [...places.values()]
    .sort((a, b) => a.when - b.when)
    .map(({ when, said }) => {
      const whole = data.some((trace) => trace.hovertext) ? said.join("; ") : `${day.format(when)}: ${said.join("; ")}`;
      return { when, words: unit ? `${whole} (${unit})` : whole };
    });
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
document.addEventListener("ledger:theme", repaint); // the reader's own switch, static/js/manners.js

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
for (const place of document.querySelectorAll("[data-points]")) explore(place);
