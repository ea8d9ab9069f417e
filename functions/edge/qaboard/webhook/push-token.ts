import { createHash, timingSafeEqual } from "node:crypto";
import { bearsToken } from "../../http/bearer.ts";
import type { Access } from "../../http/route.ts";
import { answerError } from "../http/errors.ts";

/**
 * Whoever sends the webhook's own token as `X-Gitlab-Token`; while none is set, whoever sends one that may write; while
 * there is none of these either, everyone. Compared in constant time.
 */
export const pusher: Access = {
  name: "pusher",
  grant: (c) => {
    const { QABOARD_PUSH_TOKEN: own, QABOARD_WRITE_TOKEN_SHA256: writes } = c.env.config;
    const sent = c.req.header("x-gitlab-token") ?? "";
    const isOpen = own === undefined && writes.length === 0;
    const passes =
      own === undefined ? bearsToken(`Bearer ${sent}`, writes) : timingSafeEqual(sha256(sent), sha256(own));
    return isOpen || passes ? {} : answerError(c, 401, "The header X-Gitlab-Token is missing or wrong.");
  },
};

const sha256 = (text: string) => createHash("sha256").update(text).digest();
