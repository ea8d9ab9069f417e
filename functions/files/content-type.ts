/** How a file of a name is shown: its type, and whether a browser may show it or has to save it. */
export type Shown = { contentType: string; isActive: boolean };

const TEXT = "text/plain; charset=utf-8";
const TYPES: Readonly<Record<string, string>> = {
  avi: "video/x-msvideo",
  avif: "image/avif",
  bmp: "image/bmp",
  c: TEXT,
  cfg: TEXT,
  csv: "text/csv; charset=utf-8",
  cpp: TEXT,
  flac: "audio/flac",
  gif: "image/gif",
  gz: "application/gzip",
  h: TEXT,
  ico: "image/x-icon",
  ini: TEXT,
  ipynb: "application/json",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  jsonl: "application/x-ndjson",
  log: TEXT,
  m: TEXT,
  md: TEXT,
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  plt: "application/json",
  plotly: "application/json",
  png: "image/png",
  py: TEXT,
  sh: TEXT,
  tif: "image/tiff",
  tiff: "image/tiff",
  toml: TEXT,
  tsv: "text/tab-separated-values; charset=utf-8",
  txt: TEXT,
  wav: "audio/wav",
  webm: "video/webm",
  webp: "image/webp",
  yaml: TEXT,
  yml: TEXT,
  zip: "application/zip",
  zst: "application/zstd",
};

/** Types that may run scripts or load other things where a browser shows them: they are saved instead. */
const ACTIVE: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  htm: "text/html; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mhtml: "multipart/related",
  mht: "multipart/related",
  mjs: "text/javascript; charset=utf-8",
  pdf: "application/pdf",
  rdf: "application/rdf+xml",
  svg: "image/svg+xml",
  svgz: "image/svg+xml",
  swf: "application/x-shockwave-flash",
  wasm: "application/wasm",
  xht: "application/xhtml+xml",
  xhtml: "application/xhtml+xml",
  xml: "application/xml",
  xsl: "application/xslt+xml",
  xslt: "application/xslt+xml",
};

/** How a file is shown, by its suffix alone; of an unknown suffix nothing is guessed. */
export function contentTypeOf(path: string): Shown {
  const suffix = /\.([A-Za-z0-9]{1,10})$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const active = Object.hasOwn(ACTIVE, suffix) ? ACTIVE[suffix] : undefined;
  if (active !== undefined) return { contentType: active, isActive: true };
  const known = Object.hasOwn(TYPES, suffix) ? TYPES[suffix] : undefined;
  return { contentType: known ?? "application/octet-stream", isActive: false };
}
