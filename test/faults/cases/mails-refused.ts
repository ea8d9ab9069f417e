import { setTimeout as sleep } from "node:timers/promises";
import { startCuttingProxy } from "../cutting-proxy.ts";
import type { Fault } from "../fault.ts";
import { auditMails } from "../mail/audit.ts";
import { mailEnv, registerPeople, untilMailed } from "../mail/register.ts";
import { startFaultyMailServer } from "../mail/server.ts";

const PEOPLE = 100;
const LEAST_REFUSALS = 5;
const AWAY_AT_MOST_MS = 60_000;

let away = false;
let unheard = 0;
let cut = 0;
let registered: string[] = [];
let server: Awaited<ReturnType<typeof startFaultyMailServer>> | undefined;

/** The mail server says 451 for a while and drops connections at any reply: no mail is lost, and one only repeats whose yes was dropped. */
export const mailsRefused: Fault = {
  name: "mails-refused",
  quick: true,
  maxReceiveCount: 50,
  async between({ smtp }, random) {
    [away, unheard, cut] = [false, 0, 0];
    const started = await startFaultyMailServer(smtp, { isAway: () => away });
    server = started;
    const proxy = await startCuttingProxy(smtp, (reply) => {
      if (random() >= 0.05) return false;
      if (reply.toString().includes("message queued")) unheard += 1;
      cut += 1;
      return true;
    });
    return {
      env: mailEnv(proxy.port),
      async stop() {
        await proxy.stop();
        await started.stop();
      },
    };
  },
  async run(scene) {
    const registering = registerPeople(scene, PEOPLE);
    await sleep(1_500);
    away = true;
    const end = performance.now() + AWAY_AT_MOST_MS;
    await sleep(scene.scale.outageMs);
    while ((server?.refused() ?? 0) < LEAST_REFUSALS && performance.now() < end) await sleep(100);
    away = false;
    registered = await registering;
    const waiting = await untilMailed(scene);
    return [
      ...waiting,
      ...((server?.refused() ?? 0) >= LEAST_REFUSALS ? [] : [`only ${server?.refused()} mails were refused`]),
      ...(cut > 0 ? [] : ["no connection was dropped"]),
    ];
  },
  async audit({ pool }) {
    const taken = server?.taken ?? [];
    const audited = await auditMails(pool, registered, taken, (copies) => Math.min(unheard, copies.length - 1));
    const copies = taken.length - registered.length;
    const tooMany = copies > unheard ? [`${copies} further copies, though ${unheard} replies were dropped`] : [];
    return { ...audited, wrong: [...audited.wrong, ...tooMany] };
  },
};
