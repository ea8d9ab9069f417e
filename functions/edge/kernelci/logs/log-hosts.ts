import * as z from "zod";

/** Hosts of logs as the contract lists them (part 08, `proxy/`). */
const LOG_HOSTS =
  "*.kernelci.org, syzkaller.appspot.com, *.sirena.org.uk, lisalogs6a28e896.blob.core.windows.net, " +
  "storage.tuxsuite.com, s3.amazonaws.com/arr-cki-prod-trusted-artifacts/, *.linaro.org";

/** One entry of the list: a name, or what comes after the `*`; a port and the beginning of a path if it has them. */
type LogHost = { name: string; isPattern: boolean; port: string | undefined; path: string };

/** A list of entries like `*.example.org`, `example.org:8080`, `[::1]:8080` or `example.org/logs/`. */
export const logHosts = z
  .string()
  .default(LOG_HOSTS)
  .transform((list, context) =>
    list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((entry) => readEntry(entry, context)),
  );

function readEntry(entry: string, context: z.RefinementCtx): LogHost {
  const isPattern = entry.startsWith("*.");
  const text = `http://${isPattern ? entry.slice(2) : entry}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== "" || url.hostname.includes("*")) {
    context.addIssue({ code: "custom", message: `${entry} is not a host of logs` });
    return z.NEVER;
  }
  const hasPort = /:\d+$/.test(entry.split("/")[0] ?? "");
  // URLs leave out the port that is their scheme's own.
  const port = hasPort ? url.port || "80" : undefined;
  return { name: isPattern ? `.${url.hostname}` : url.hostname, isPattern, port, path: url.pathname };
}

/** Whether a list names a URL's host, and its port and path where an entry limits them. */
export function isLogHost(hosts: readonly LogHost[], url: URL): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return hosts.some(
    (host) =>
      (host.isPattern ? url.hostname.endsWith(host.name) : url.hostname === host.name) &&
      (host.port === undefined || host.port === port) &&
      url.pathname.startsWith(host.path),
  );
}
