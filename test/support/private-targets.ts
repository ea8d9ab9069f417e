/** Spellings of `http://127.0.0.1:<port>/` that no list of hosts names. */
export const spellingsOf = (port: string): string[] =>
  [
    "localhost",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "127.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "127.0.0.1.",
    "127.0.0.2",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "0",
    "0.0.0.0",
    "[::]",
  ].map((host) => `http://${host}:${port}/`);

/** Cloud metadata and private networks. */
export const PRIVATE = [
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/latest/meta-data/",
  "http://0xa9fea9fe/latest/meta-data/",
  "http://0251.0376.0251.0376/latest/meta-data/",
  "http://[::ffff:169.254.169.254]/latest/meta-data/",
  "http://[fd00:ec2::254]/latest/meta-data/",
  "http://metadata.google.internal/computeMetadata/v1/",
  "http://100.100.100.200/latest/meta-data/",
  "http://10.0.0.1/",
  "http://172.16.0.1/",
  "http://192.168.0.1/",
  "http://[fe80::1]/",
  "http://[fc00::1]/",
];

/** Tricks that make a URL look like one of `host`. */
export const lookalikesOf = (host: string, port: string): string[] => [
  `http://${host}@127.0.0.1:${port}/`,
  `http://${host}%2f@127.0.0.1:${port}/`,
  `http://${host}:x@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}/#@${host}/`,
  `http://127.0.0.1:${port}\\@${host}/`,
  `http://${host}.example.org/`,
  `http://example.org/${host}`,
  `http://x${host}/`,
];
