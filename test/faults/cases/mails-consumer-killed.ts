import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";
import { auditMails } from "../mail/audit.ts";
import { mailEnv, registerPeople, untilMailed } from "../mail/register.ts";
import { startFaultyMailServer, type TakenMail } from "../mail/server.ts";

/** A mail that was taken so shortly before a kill may not have been marked yet. */
const UNMARKED_MS = 2_000;
const MAILS_A_KILL = 5;

let scene: Scene | undefined;
let server: Awaited<ReturnType<typeof startFaultyMailServer>> | undefined;
let registered: string[] = [];
const killedAt: number[] = [];

/** The consumer dies (SIGKILL) between the mail server's yes and the mark of it, and shortly after: no mail is lost. */
export const mailsConsumerKilled: Fault = {
  name: "mails-consumer-killed",
  quick: true,
  killsConsumer: true,
  visibilityTimeoutSeconds: 3,
  maxReceiveCount: 50,
  async between({ smtp }) {
    killedAt.length = 0;
    server = await startFaultyMailServer(smtp, { onTaken });
    return { env: mailEnv(smtp), stop: server.stop };
  },
  async run(own) {
    scene = own;
    const { kills } = own.scale;
    registered = await registerPeople(own, (kills + 1) * MAILS_A_KILL);
    const waiting = await untilMailed(own);
    return [
      ...waiting,
      ...(killedAt.length === kills ? [] : [`there were ${killedAt.length} kills instead of ${kills}`]),
    ];
  },
  async audit({ pool }) {
    return await auditMails(pool, registered, server?.taken ?? [], repeatsAllowed);
  },
};

/** Kills at every fifth mail: before the sender hears the yes, or up to 20 ms later. */
async function onTaken(): Promise<void> {
  if (scene === undefined || killedAt.length >= scene.scale.kills) return;
  if ((server?.taken.length ?? 0) % MAILS_A_KILL !== 0) return;
  const { consumer } = scene.stack;
  const kill = () => {
    consumer.kill("SIGKILL");
    killedAt.push(performance.now());
  };
  if (killedAt.length % 2 === 0) kill();
  else void sleep(scene.random() * 20).then(kill);
}

/** As many further copies as times the consumer was killed just after a copy was taken. */
function repeatsAllowed(copies: readonly TakenMail[]): number {
  return copies.filter(({ at }) => killedAt.some((kill) => kill >= at && kill - at < UNMARKED_MS)).length;
}
