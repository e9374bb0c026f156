import { clock } from '../../../platform/time.ts';
import type { ChannelName } from '../../channel.ts';

export const channelWords: Record<ChannelName, string> = {
	email: 'E-mail',
	sms: 'SMS',
	web_push: 'Push messages',
	inbox: 'The inbox'
};

/** The channel a road belongs to: the first part of its name. */
export const channelOf = (way: string) => way.split('/', 1)[0] as ChannelName;

/** A road as people call it: `SMS (main)`. */
export function wayWords(way: string): string {
	const channel = channelOf(way);
	const rest = way.slice(channel.length + 1).replace(/^https:\/\//, '');
	return rest ? `${channelWords[channel]} (${rest})` : channelWords[channel];
}

export const silentWords = (way: string, since: Date, fault: string | null, timeZone?: string) => ({
	title: `${wayWords(way)} is silent`,
	text: `${wayWords(way)} has not answered since ${clock(since, timeZone)}${fault ? ` (${fault})` : ''}. Messages wait and go out when it is back, or go another way.`
});

export const backWords = (way: string, since: Date, now: Date, timeZone?: string) => ({
	title: `${wayWords(way)} is back`,
	text: `${wayWords(way)} answers again. It was silent from ${clock(since, timeZone)} to ${clock(now, timeZone)}.`
});

const percent = (rate: number) => `${Math.round(rate * 100)} %`;

export const fewerWords = (channel: ChannelName, rate: number, usual: number) => ({
	title: `${channelWords[channel]}: fewer messages are taken`,
	text: `${channelWords[channel]} took ${percent(rate)} of the last hour’s messages; usually it is ${percent(usual)}. Something refuses them.`
});

export const usualAgainWords = (channel: ChannelName) => ({
	title: `${channelWords[channel]} takes messages as usual again`,
	text: `${channelWords[channel]} takes messages as usual again.`
});
