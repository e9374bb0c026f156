import { expect, test } from 'vitest';
import type { Urgency } from './channel.ts';
import { nextWay, type NextQuestion } from './fallback.ts';
import { usualWishes, type Contact } from './rules.ts';

const contact = (id: string, more: Partial<Contact> = {}): Contact => ({
	id,
	kind: id === 'mail' ? 'email' : 'phone',
	verified: true,
	bounced: false,
	receiptsToday: 0,
	receiptsThisHour: 0,
	...more
});
const thandi: NextQuestion = {
	urgency: 'normal',
	subject: 'issue',
	tried: ['email'],
	own: [contact('mail'), contact('cell')],
	canPush: true,
	wishes: usualWishes
};
const not = (...optedOut: string[]) => ({ ...usualWishes, optedOut });

// prettier-ignore
test.each([
	['e-mail failed', {}, 'web_push', null],
	['no phone that takes pushes', { canPush: false }, 'sms', 'cell'],
	['and no SMS wanted', { canPush: false, wishes: not('sms') }, 'inbox', null],
	['no SMS about issues', { canPush: false, wishes: not('sms:issue') }, 'inbox', null],
	['nor anything about issues', { wishes: not('issue') }, null, null],
	['nor anything at all', { wishes: not('*') }, null, null],
	['in an emergency it is sent all the same', { urgency: 'emergency', wishes: not('*') }, 'web_push', null],
	['an emergency wakes before it writes', { urgency: 'emergency', tried: ['web_push'] }, 'sms', 'cell'],
	['news that costs nothing first', { tried: ['web_push'] }, 'email', 'mail'],
	['a number nobody proved', { canPush: false, own: [contact('cell', { verified: false })] }, 'inbox', null],
	['a number that bounced', { canPush: false, own: [contact('cell', { bounced: true })] }, 'inbox', null],
	['no budget for SMS', { canPush: false, shut: ['sms'] }, 'inbox', null],
	['everything tried', { tried: ['email', 'web_push', 'sms', 'inbox'] }, null, null],
	['a code goes nowhere else', { urgency: 'code' as Urgency }, null, null]
] as Array<[string, Partial<NextQuestion>, string | null, string | null]>)('%s', (_, more, channel, contactPointId) => {
	expect(nextWay({ ...thandi, ...more })).toEqual(channel && { channel, contactPointId });
});
