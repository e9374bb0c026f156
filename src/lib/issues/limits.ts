import { m } from '../i18n/index.ts';
import { days, hours } from '../platform/time.ts';

/** What people do here without an account, and could do too often. */
export type Unnamed = 'report' | 'support' | 'flag' | 'follow';

/** How many deeds in how many milliseconds; `per` says whose they are counted as. */
export interface Limit {
	per: 'device' | 'network';
	points: number;
	window: number;
}

/**
 * How often something is done without an account. One phone has little; a network has much, for a
 * whole hall reports through one address of a mobile carrier (CGNAT).
 */
export const limits: Record<Unnamed, Limit[]> = {
	report: [
		{ per: 'device', points: 20, window: hours(1) },
		{ per: 'network', points: 1000, window: hours(1) }
	],
	support: [
		{ per: 'device', points: 40, window: days(1) },
		{ per: 'network', points: 2000, window: days(1) }
	],
	flag: [
		{ per: 'device', points: 10, window: days(1) },
		{ per: 'network', points: 300, window: days(1) }
	],
	follow: [
		{ per: 'device', points: 20, window: days(1) },
		{ per: 'network', points: 1000, window: days(1) }
	]
};

/** So many flags of one network on one issue in a day count towards hiding it; moderators read all. */
export const flagsPerNetwork: Omit<Limit, 'per'> = { points: 2, window: days(1) };

/** So many reports a day may be followed in the name of one number or address by somebody unnamed. */
export const followsPerContact: Omit<Limit, 'per'> = { points: 20, window: days(1) };

const done: Record<Unnamed, (source: { source: string }) => string> = {
	report: m.report_limit_report,
	support: m.report_limit_support,
	flag: m.report_limit_flag,
	follow: m.report_limit_follow
};

/** What a person reads at the limit: why, until when, and what they can do now. */
export const limitWords = (what: Unnamed, per: Limit['per'], until: string) => {
	const source = per === 'device' ? m.report_limit_device() : m.report_limit_network();
	return `${done[what]({ source })} ${m.report_limit_then({ until })}`;
};

export const contactLimitWords = (until: string) => m.report_limit_contact({ until });
