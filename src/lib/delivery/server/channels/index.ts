import { readConfig, type Config } from '../../../platform/server/config.ts';
import { log } from '../../../platform/server/log.ts';
import type { Channels } from '../../channel.ts';
import { email } from './email.ts';
import { outbox } from './outbox.ts';
import { readGateways, sms, type Ears } from './sms/index.ts';
import { vapidKeys } from './vapid.ts';
import { webPushChannel } from './web-push.ts';

let current: Channels | undefined;

/** The channels of this process: gateways where they are set up, otherwise the outbox. */
export const currentChannels = (): Channels => (current ??= channelsFor(readConfig()));

/** Other channels from here on, for tests and drills. Without an argument: those of the settings again. */
export const useChannels = (channels?: Channels) => {
	current = channels;
};

let ears: Ears = {};

/** Who hears what the channels of this process tell of messages sent earlier. */
export const listenTo = (heard: Ears) => {
	ears = heard;
};

/** While nobody listens a report is refused, so that its gateway repeats it. */
const whoListens: Required<Ears> = {
	receiptUrl: (gateway, messageId) => ears.receiptUrl?.(gateway, messageId) ?? null,
	async heard(receipt) {
		if (!ears.heard) throw new Error('Nobody listens to reports yet');
		await ears.heard(receipt);
	}
};

function channelsFor(config: Config): Channels {
	const gateways = readGateways(config);
	return {
		email: config.SMTP_URL
			? email({
					url: config.SMTP_URL,
					from: config.MAIL_FROM,
					bounce: config.MAIL_BOUNCE,
					dkim: config.MAIL_DKIM
				})
			: outbox,
		sms: gateways.length ? sms(gateways, whoListens) : outbox,
		web_push: webPushChannel({
			vapid: vapidKeys(config),
			allow: config.PUSH_ALLOW,
			frames: config.PUSH_FRAMES,
			onStopped: (origin, status) => log.error({ origin, status }, 'push service refuses our keys')
		}),
		inbox: outbox
	};
}
