// The least that a script can do: Plotly draws the figure that the page holds, and another when a button is pressed.
const place = document.querySelector("#chart");
const draw = (figure) => Plotly.react(place, figure.data, figure.layout, { displayModeBar: false });
draw(JSON.parse(document.querySelector("#figure").content.textContent));
document.querySelector("#change").addEventListener("click", async () => {
  draw(await (await fetch("/other.json")).json());
});
