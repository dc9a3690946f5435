// The map: OpenLayers on a plain canvas, its ground from files beside the page; where records put what is selected.
import "ol/ol.css";
import { defaults as controls, ScaleLine } from "ol/control";
import { isEmpty } from "ol/extent";
import Feature, { type FeatureLike } from "ol/Feature";
import GeoJSON from "ol/format/GeoJSON";
import Point from "ol/geom/Point";
import VectorLayer from "ol/layer/Vector";
import OlMap from "ol/Map";
import { fromLonLat } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, Stroke, Style, Text } from "ol/style";
import View from "ol/View";
import { type Colours, laneColour, onTheme, readColours } from "./colours";
import type { Pin } from "./shapes";

const GROUND = "/static/toex/map/";
const BRITAIN = { center: fromLonLat([-2.6, 54.2]), zoom: 6 };
const FONT = '"Source Sans 3", arial, sans-serif';

/** A ground layer that stays empty where its file was not built. */
function ground(file: string, style: (feature: FeatureLike, resolution: number) => Style | undefined, more: object = {}): VectorLayer {
  const source = new VectorSource();
  void fetch(GROUND + file).then(async (answer) => {
    if (answer.ok) source.addFeatures(new GeoJSON().readFeatures(await answer.json(), { featureProjection: "EPSG:3857" }));
  }).catch(() => undefined);
  return new VectorLayer({ source, style, updateWhileAnimating: false, updateWhileInteracting: false, renderBuffer: 50, ...more });
}

export class MapView {
  readonly map: OlMap;
  private readonly pins = new VectorSource();
  private readonly layer: VectorLayer;
  private colours: Colours = readColours();
  private chosen: ReadonlySet<string> = new Set();
  private all: readonly Pin[] = [];

  constructor(readonly place: HTMLElement, private readonly pick: (at: number) => void) {
    place.tabIndex = 0;
    place.setAttribute("role", "application");
    place.setAttribute("aria-label", "Map. Arrows move it, plus and minus zoom; the table lists every place.");
    const credits = document.createElement("p");
    credits.className = "picture__credits";
    place.append(credits);
    void fetch(`${GROUND}credits.json`).then(async (answer) => {
      const told = (answer.ok ? await answer.json() : []) as { shown?: string }[];
      credits.textContent = (Array.isArray(told) ? told : []).map((one) => one.shown ?? "").filter(Boolean).join(" · ");
    }).catch(() => undefined);
    this.layer = new VectorLayer({ source: this.pins, style: (f) => this.dressed(f), zIndex: 9 });
    this.map = new OlMap({
      target: place,
      controls: controls({ attribution: false, rotate: false }).extend([new ScaleLine()]),
      layers: [
        ground("land.json", (f) => (f.get("kind") === "border" ? new Style({ stroke: new Stroke({ color: this.colours.line, width: 1 }) }) : new Style({ fill: new Fill({ color: this.colours.land }), stroke: new Stroke({ color: this.colours.line, width: 0.8 }) }))),
        ground("built.json", (f) => new Style({ fill: new Fill({ color: this.colours.built + (f.get("level") === 2 ? "" : "99") }) })),
        ground("places.json", (f, resolution) => this.named(f, resolution), { declutter: true, zIndex: 5 }),
        this.layer,
      ],
      view: new View({ ...BRITAIN, minZoom: 2, maxZoom: 17, enableRotation: false }),
    });
    this.paint();
    onTheme(() => this.paint());
    this.map.on("singleclick", (event) => {
      const found = this.map.forEachFeatureAtPixel(event.pixel, (f) => f, { layerFilter: (l) => l === this.layer, hitTolerance: 5 });
      if (found) this.pick(found.get("at") as number);
    });
    this.map.on("pointermove", (event) => {
      const over = !event.dragging && this.map.hasFeatureAtPixel(event.pixel, { layerFilter: (l) => l === this.layer, hitTolerance: 5 });
      place.classList.toggle("picture__map--over", over);
    });
    new ResizeObserver(() => this.map.updateSize()).observe(place);
  }

  load(pins: readonly Pin[]): void {
    this.all = pins;
    this.pins.clear();
    const most = Math.max(1, ...pins.map((p) => p.count));
    this.pins.addFeatures(pins.flatMap((pin, at) => {
      if (pin.lat === null || pin.lon === null) return [];
      const radius = (5 + 11 * Math.sqrt(pin.count / most)) * (pins.length > 400 ? 0.6 : 1);
      const feature = new Feature({ geometry: new Point(fromLonLat([pin.lon, pin.lat])), at, lane: pin.kind, radius, rough: (pin.precision_m ?? 0) >= 300 });
      return [feature];
    }));
    this.whole();
  }

  choose(ids: ReadonlySet<string>): void {
    this.chosen = ids;
    this.layer.changed();
  }

  whole(): void {
    const extent = this.pins.getExtent();
    if (extent && !isEmpty(extent)) this.map.getView().fit(extent, { padding: [60, 60, 60, 60], maxZoom: 13 });
    else this.map.getView().animate({ ...BRITAIN, duration: 0 });
  }

  /** A place that is only a postcode's middle is drawn hollow: nobody was seen at that point. */
  private dressed(f: FeatureLike): Style {
    const pin = this.all[f.get("at") as number], colour = laneColour(f.get("lane") as string, this.colours);
    const mine = !this.chosen.size || (pin?.ids.some((id) => this.chosen.has(id)) ?? false);
    const rough = f.get("rough") === true;
    return new Style({
      image: new Circle({
        radius: f.get("radius") as number,
        fill: new Fill({ color: `${colour}${mine ? (rough ? "33" : "cc") : "22"}` }),
        stroke: new Stroke({ color: mine && this.chosen.size ? this.colours.ink : rough ? colour : this.colours.surface, width: mine && this.chosen.size ? 2.5 : 1.5, ...(rough ? { lineDash: [4, 3] } : {}) }),
      }),
      zIndex: mine ? 2 : 1,
    });
  }

  private named(f: FeatureLike, resolution: number): Style | undefined {
    const rank = (f.get("rank") as number | undefined) ?? 6, zoom = Math.log2(156543 / resolution);
    if (zoom < [0, 3, 5, 6.2, 7.4, 8.4, 9.4][Math.min(rank, 6)]!) return undefined;
    return new Style({ text: new Text({
      text: f.get("name") as string, font: `${rank < 3 ? 600 : 400} ${rank < 3 ? 13 : 12}px ${FONT}`,
      fill: new Fill({ color: this.colours.muted }), stroke: new Stroke({ color: this.colours.land, width: 3 }),
    }) });
  }

  private paint(): void {
    this.colours = readColours();
    this.place.style.background = this.colours.sea;
    this.map.getLayers().forEach((layer) => layer.changed());
  }
}
