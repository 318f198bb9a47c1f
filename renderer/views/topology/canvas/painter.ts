import type { Box } from '../../../graph';
import type { Palette } from '../palette';
import { paint, type Picture } from './paint';

export interface Viewport {
  x: number;
  y: number;
  zoom: number;
}

interface Size {
  width: number;
  height: number;
}

/** Beyond the window on each side, so that panning only moves the bitmap. CSS pixels. */
const margin = 320;
/** After the last zoom, milliseconds; until then the old bitmap is stretched. */
const crispAfter = 120;

/**
 * The canvas behind React Flow. It is drawn once with a margin and then only moved (a blit) while the viewport pans;
 * drawn anew when the viewport leaves the margin, {@link crispAfter} ms after a zoom, and when what it shows changes.
 */
export class Painter {
  private picture: Picture | null = null;
  private palette: Palette | null = null;
  private view: Viewport = { x: 0, y: 0, zoom: 1 };
  private drawn: Viewport = { x: 0, y: 0, zoom: 1 };
  private size: Size = { width: 0, height: 0 };
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly context: CanvasRenderingContext2D | null;
  private fonts = { sans: 'sans-serif', mono: 'monospace' };
  /** How often it was drawn and how long that took in all, ms: for measurements. */
  readonly cost = { draws: 0, ms: 0 };

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d');
  }

  show(picture: Picture, palette: Palette): void {
    this.picture = picture;
    this.palette = palette;
    this.request();
  }

  /** New rates: the same picture again. */
  refresh(): void {
    this.request();
  }

  move(view: Viewport, size: Size): void {
    const resized = size.width !== this.size.width || size.height !== this.size.height;
    this.view = view;
    this.size = size;
    if (resized) this.resize();
    this.place();
    if (resized || !this.covers()) return this.request();
    if (view.zoom === this.drawn.zoom) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.request(), crispAfter);
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }

  private resize(): void {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [this.size.width + 2 * margin, this.size.height + 2 * margin];
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const style = getComputedStyle(this.canvas);
    this.fonts = {
      sans: style.fontFamily || 'sans-serif',
      mono: style.getPropertyValue('--mantine-font-family-monospace') || 'monospace',
    };
  }

  /** Moves and stretches the bitmap from the viewport it was drawn for to the present one. */
  private place(): void {
    const { view, drawn } = this;
    const scale = view.zoom / drawn.zoom;
    const x = view.x - drawn.x * scale - margin * scale;
    const y = view.y - drawn.y * scale - margin * scale;
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  private covers(): boolean {
    const { view, drawn, size } = this;
    const scale = view.zoom / drawn.zoom;
    const left = view.x - (drawn.x + margin) * scale;
    const top = view.y - (drawn.y + margin) * scale;
    const right = left + (size.width + 2 * margin) * scale;
    const bottom = top + (size.height + 2 * margin) * scale;
    return left <= 0 && top <= 0 && right >= size.width && bottom >= size.height;
  }

  private request(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    const { context, picture, palette, size } = this;
    if (!context || !picture || !palette || size.width === 0) return;
    const started = performance.now();
    clearTimeout(this.timer);
    this.drawn = this.view;
    const { x, y, zoom } = this.drawn;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(zoom * ratio, 0, 0, zoom * ratio, (x + margin) * ratio, (y + margin) * ratio);
    const seen: Box = {
      x: -(x + margin) / zoom,
      y: -(y + margin) / zoom,
      width: (size.width + 2 * margin) / zoom,
      height: (size.height + 2 * margin) / zoom,
    };
    paint({ context, palette, zoom, ...this.fonts }, picture, seen);
    this.place();
    this.cost.draws += 1;
    this.cost.ms += performance.now() - started;
  }
}
