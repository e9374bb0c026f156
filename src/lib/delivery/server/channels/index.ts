import { readConfig, type Config } from '../../../platform/server/config.ts';
import type { Channels } from '../../channel.ts';
import { email } from './email.ts';
import { outbox } from './outbox.ts';
import { sms } from './sms.ts';
import { vapidKeys } from './vapid.ts';
import { webPushChannel } from './web-push.ts';

let current: Channels | undefined;

/** The channels of this process: gateways where they are set up, otherwise the outbox. */
export const currentChannels = (): Channels => (current ??= channelsFor(readConfig()));

/** Other channels from here on, for tests and drills. Without an argument: those of the settings again. */
export const useChannels = (channels?: Channels) => {
	current = channels;
};

const channelsFor = (config: Config): Channels => ({
	email: config.SMTP_URL ? email({ url: config.SMTP_URL, from: config.MAIL_FROM }) : outbox,
	sms: config.SMS_URL ? sms({ url: config.SMS_URL }) : outbox,
	web_push: webPushChannel({ vapid: vapidKeys(config), allow: config.PUSH_ALLOW }),
	inbox: outbox
});
