import type { Channels } from '../../channel.ts';
import { outbox } from './outbox.ts';

let current: Channels | undefined;

/** The channels of this process: gateways where they are set up, otherwise the outbox. */
export const currentChannels = (): Channels =>
	(current ??= { email: outbox, sms: outbox, web_push: outbox, inbox: outbox });

/** Other channels from here on, for tests and drills. Without an argument: those of the settings again. */
export const useChannels = (channels?: Channels) => {
	current = channels;
};
