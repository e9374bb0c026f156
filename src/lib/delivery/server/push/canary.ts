import type { PushSender } from './sender.ts';

/**
 * Synthetic phones live here: the name belongs to nobody (RFC 2606), no request is ever made to it.
 * What is for them goes through everything that is for people, up to the last step.
 */
export const canaryOrigin = 'https://canary.invalid';

const isCanary = (address: string) => address.startsWith(`${canaryOrigin}/`);

/** The same sender, with a twin for synthetic phones that accepts everything and sends nothing. */
export const withCanaries = (sender: PushSender): PushSender => ({
	...sender,
	room: (origin) => (origin === canaryOrigin ? 100 : sender.room(origin)),
	whenRoom: (origin) => (origin === canaryOrigin ? Promise.resolve() : sender.whenRoom(origin)),
	send(push) {
		if (!isCanary(push.endpoint)) return sender.send(push);
		setImmediate(() => push.done({ status: 201, retryAfter: null }));
	}
});
