// The maps of the report. Everything is in the page: numbers as base64 in #data, a colour map in #data.colours. Nothing is asked of a network.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const [rows, columns] = data.grid;
  const patches = rows * columns;
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const floats = text => new Float32Array(bytes(text).buffer);
  const colours = bytes(data.colours);
  const byId = id => document.getElementById(id);
  const controls = { level: byId("level"), query: byId("query"), head: byId("head"), dims: byId("dims"), boxes: byId("boxes") };
  const short = value => {
    if (!Number.isFinite(value)) return "none";
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size < 0.001 || size >= 100000) return value.toExponential(1).replace("-", "−");
    return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3).replace("-", "−");
  };

  // One map of patches onto a canvas of one pixel a patch; the style enlarges it.
  const paint = (canvas, colourOf) => {
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    for (let patch = 0; patch < patches; patch++) {
      const colour = colourOf(patch);
      for (let channel = 0; channel < 3; channel++) image.data[4 * patch + channel] = colour[channel];
      image.data[4 * patch + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  };
  const onScale = share => {
    const place = 3 * Math.max(0, Math.min(255, Math.round(255 * share)));
    return [colours[place], colours[place + 1], colours[place + 2]];
  };

  class Card {
    constructor(element, picture) {
      this.element = element;
      this.picture = picture;
      this.patch = picture.seed ?? Math.floor(rows / 2) * columns + Math.floor(columns / 2);
      this.stage = element.querySelector(".stage");
      this.mark = element.querySelector(".mark");
      this.told = element.querySelector(".told");
      this.cache = {};
      if (!this.stage) return;
      this.stage.addEventListener("pointerdown", event => this.point(event));
      this.stage.addEventListener("keydown", event => this.key(event));
    }

    get(name, read) {
      if (!(name in this.cache)) this.cache[name] = read(this.picture[name]);
      return this.cache[name];
    }

    point(event) {
      const place = this.stage.getBoundingClientRect();
      const column = Math.floor((event.clientX - place.left) / place.width * columns);
      const row = Math.floor((event.clientY - place.top) / place.height * rows);
      this.choose(Math.max(0, Math.min(rows - 1, row)), Math.max(0, Math.min(columns - 1, column)));
    }

    key(event) {
      const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const row = Math.floor(this.patch / columns) + step[0], column = this.patch % columns + step[1];
      if (row < 0 || row >= rows || column < 0 || column >= columns) return;
      this.choose(row, column);
    }

    choose(row, column) {
      this.patch = row * columns + column;
      this.similarity();
      this.tell();
    }

    tell() {
      const level = +controls.level.value;
      const parts = [`Row ${Math.floor(this.patch / columns) + 1}, column ${this.patch % columns + 1}`];
      if (this.picture.norms) parts.push(`norm ${short(this.norm(Math.min(level, data.depth), this.patch))}`);
      if (this.nearest !== undefined) parts.push(`most like row ${Math.floor(this.nearest / columns) + 1}, column ${this.nearest % columns + 1} (cosine ${short(this.nearestCosine)})`);
      this.told.textContent = parts.join("; ") + ".";
    }

    norm(level, patch) {
      return this.get("norms", floats)[level * patches + patch];
    }

    show(kind, words, low, high) {
      const figure = this.element.querySelector(`.${kind}`);
      figure.querySelector("canvas").setAttribute("aria-label", `${words}, ${this.picture.name}`);
      figure.querySelector(".words").textContent = words;
      if (low !== undefined) figure.querySelector(".range").textContent = `${low} to ${high}`;
      return figure.querySelector("canvas");
    }

    colour() {
      if (!this.picture.pca) return;
      const level = +controls.level.value, pca = this.get("pca", bytes), start = level * patches;
      const foreground = this.get("foreground", bytes), dims = controls.dims.checked;
      const canvas = this.show("pca", `Principal components, ${data.levels[level]}${level > data.depth ? data.pcaNote : ""}`);
      paint(canvas, patch => {
        const place = 3 * (start + patch), factor = dims && !foreground[start + patch] ? 0.18 : 1;
        return [pca[place] * factor, pca[place + 1] * factor, pca[place + 2] * factor];
      });
    }

    norms() {
      if (!this.picture.norms) return;
      const level = Math.min(+controls.level.value, data.depth), top = data.normTops[level];
      const canvas = this.show("norms", `Token norms, ${data.levels[level]}`, "0", short(top));
      paint(canvas, patch => onScale(this.norm(level, patch) / top));
      const overlay = this.element.querySelector(".norms .outliers");
      overlay.replaceChildren();
      for (let patch = 0; patch < patches; patch++) {
        if (!(this.norm(level, patch) > data.normCutoffs[level])) continue;
        const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const values = { x: patch % columns + 0.06, y: Math.floor(patch / columns) + 0.06, width: 0.88, height: 0.88 };
        for (const [name, value] of Object.entries(values)) rect.setAttribute(name, value);
        overlay.append(rect);
      }
    }

    attention() {
      if (!this.picture.attention) return;
      const block = Math.max(0, Math.min(+controls.level.value, data.depth) - 1);
      const query = controls.query.value, head = +controls.head.value;
      const headWords = head === 0 ? "mean over heads" : `head ${head}`;
      if (query === "rollout") {
        const rollout = this.get("rollout", bytes);
        paint(this.show("attention", "Attention rollout over all blocks", "0", "1"), patch => onScale(rollout[patch] / 255));
        return;
      }
      if (query === "pool") {
        const pool = this.get("pool", bytes), tops = this.get("poolTops", floats), row = Math.min(head, tops.length - 1);
        const words = row === 0 ? "mean" : `row ${row}`;
        paint(this.show("attention", `Pooled query, ${words}`, "0", short(tops[row])), patch => onScale(pool[row * patches + patch] / 255));
        return;
      }
      const map = (block * (data.heads + 1) + head) * data.queries.length + +query;
      const attention = this.get("attention", bytes), top = this.get("attentionTops", floats)[map];
      paint(this.show("attention", `${data.queries[query]}, block ${block + 1}, ${headWords}`, "0", short(top)), patch => onScale(attention[map * patches + patch] / 255));
    }

    similarity() {
      if (!this.stage) return;
      this.mark.setAttribute("x", this.patch % columns);
      this.mark.setAttribute("y", Math.floor(this.patch / columns));
      const levels = this.picture.similarityLevels;
      if (!levels || levels.length === 0) return;
      const wanted = +controls.level.value;
      const stored = levels.reduce((best, level) => Math.abs(level - wanted) < Math.abs(best - wanted) ? level : best);
      const pairs = patches * (patches - 1) / 2, start = levels.indexOf(stored) * pairs, values = this.get("similarity", bytes);
      const cosine = other => {
        if (other === this.patch) return 1;
        const high = Math.max(other, this.patch), low = Math.min(other, this.patch);
        return values[start + high * (high - 1) / 2 + low] / 127.5 - 1;
      };
      let least = 1;
      this.nearest = undefined;
      for (let patch = 0; patch < patches; patch++) {
        const value = cosine(patch);
        least = Math.min(least, value);
        if (patch !== this.patch && (this.nearest === undefined || value > this.nearestCosine)) [this.nearest, this.nearestCosine] = [patch, value];
      }
      const low = Math.min(least, 0.999);
      paint(this.show("similarity", `Cosine to the chosen patch, ${data.levels[stored]}`, short(low), "1"), patch => onScale((cosine(patch) - low) / (1 - low)));
    }

    draw() {
      this.colour();
      this.norms();
      this.attention();
      this.similarity();
      if (this.stage) this.tell();
    }
  }

  const cards = [...document.querySelectorAll(".card")].map((element, number) => new Card(element, data.pictures[number]));
  const draw = () => {
    if (controls.level) byId("level-words").textContent = data.levels[+controls.level.value];
    if (controls.level) controls.level.setAttribute("aria-valuetext", data.levels[+controls.level.value]);
    for (const card of cards) card.draw();
  };
  for (const control of Object.values(controls)) if (control) control.addEventListener("input", draw);
  if (controls.boxes) controls.boxes.addEventListener("input", () => document.body.classList.toggle("no-boxes", !controls.boxes.checked));
  draw();
})();
