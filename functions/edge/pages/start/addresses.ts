/** How each client is pointed at the host that was asked. */
export function clientAddresses({ origin, host, protocol }: URL) {
  const kcidb = `${protocol}//<token>@${host}/kernelci/submit`;
  return {
    github: {
      webhook: `${origin}/github/webhook`,
      settings: [`payload URL of the webhook: ${origin}/github/webhook`, `base URL of REST clients: ${origin}/github`],
    },
    kernelci: {
      submit: `${origin}/kernelci/submit`,
      settings: [`labs: KCIDB_REST=${kcidb}`, `dashboard: VITE_API_BASE_URL=${origin}/kernelci`],
    },
    qaboard: {
      api: `${origin}/qaboard`,
      settings: [`qa: QABOARD_HOST=${host}/qaboard QABOARD_PROTOCOL=${protocol.replace(":", "")}`],
    },
    eosc_perf: {
      api: `${origin}/eosc-perf`,
      settings: [`frontend and generated clients: base URL ${origin}/eosc-perf`],
    },
  };
}
