// The map of a place's desk: a press on it sets the coordinates, and its mark follows what is typed. The boxes alone do
// without it. The projection is conflict/charts/projection.py's, whose numbers stand on the map.

const map = document.querySelector("[data-map-picker]");
const [latitude, longitude] = ["latitude", "longitude"].map((name) => document.getElementById(`id_${name}`));

if (map && latitude && longitude) {
  const of = Object.fromEntries(Object.entries(map.dataset).map(([name, value]) => [name, Number(value)]));
  const units = 2; // of the drawing a kilometre
  const radians = Math.PI / 180;
  const mark = map.querySelector("[data-mark]");

  const project = (east, north) => {
    const rho = of.f / Math.tan(Math.PI / 4 + (north * radians) / 2) ** of.n;
    const angle = of.n * (east - of.meridian) * radians;
    return [(rho * Math.sin(angle) - of.left) * units, (rho * Math.cos(angle) - of.rho - of.top) * units];
  };
  const unproject = (x, y) => {
    const [east, south] = [x / units + of.left, y / units + of.top + of.rho];
    const north = 2 * Math.atan((of.f / Math.hypot(east, south)) ** (1 / of.n)) - Math.PI / 2;
    return [of.meridian + Math.atan2(east, south) / of.n / radians, north / radians];
  };
  const show = () => {
    const [north, east] = [latitude, longitude].map((box) => (box.value.trim() === "" ? NaN : Number(box.value)));
    const [x, y] = project(east, north);
    const inside = x >= 0 && y >= 0 && x <= map.viewBox.baseVal.width && y <= map.viewBox.baseVal.height;
    mark.toggleAttribute("hidden", !inside);
    if (inside) {
      mark.setAttribute("cx", x);
      mark.setAttribute("cy", y);
    }
  };

  map.closest("figure").hidden = false;
  show();
  for (const box of [latitude, longitude]) box.addEventListener("input", show);
  map.addEventListener("click", ({ clientX, clientY }) => {
    const at = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse());
    const [east, north] = unproject(at.x, at.y);
    latitude.value = north.toFixed(4);
    longitude.value = east.toFixed(4);
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  });
}
