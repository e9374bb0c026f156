import { isLocale, m } from '../i18n/index.ts';
import type { Kind } from './alert.ts';
import type { Saying } from './people.ts';
import type { Template } from './templates.ts';

const names: Record<Saying, typeof m.check_in_safe> = {
	safe: m.check_in_safe,
	left: m.check_in_left,
	help: m.check_in_help
};

/** To these people answer whether they are safe (CAP's responseType); nobody is asked because water is off. */
const answered = ['Evacuate', 'Shelter', 'Prepare', 'Avoid'];

/**
 * The buttons of a warning's notification, the most important first: some browsers show two. Who is to
 * leave says that they have left, anybody else that they are safe; the call for help is always there.
 */
export function buttonsOf(
	{ level, cap, evacuation }: Pick<Template, 'level' | 'cap' | 'evacuation'>,
	kind: Kind,
	number: string,
	language: string
): Array<{ action: Saying; title: string; path: string }> | undefined {
	const warns = kind === 'alert' || kind === 'update';
	if (!warns || level === 'advice' || !answered.includes(cap.responseType)) return undefined;
	const order: Saying[] = evacuation ? ['left', 'help', 'safe'] : ['safe', 'help', 'left'];
	const locale = isLocale(language) ? language : 'en';
	return order.map((action) => ({
		action,
		title: names[action]({}, { locale }),
		path: `/alerts/${number}/check-in?wish=${action}`
	}));
}
