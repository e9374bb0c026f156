import { version } from '#lib/platform/server/config.ts';

/** Alive: the process answers. Nothing behind it is asked. */
export const GET = () => Response.json({ ok: true, version });
