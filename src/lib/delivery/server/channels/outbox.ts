import type { Channel } from '../../channel.ts';

/** The twin of every gateway that is not there: the message stays where it is kept and is shown at `/demo/outbox`. */
export const outbox: Channel = {
	send: async () => ({ outcome: 'accepted', gatewayRef: 'outbox' })
};
