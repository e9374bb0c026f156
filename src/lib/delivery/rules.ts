import type { ChannelName, Urgency } from './channel.ts';
import { kindOf, type TemplateCode, type TemplateKind } from './templates.ts';
import { days, localTime, minutes } from '../platform/time.ts';

/** Minutes after local midnight. Equal ends mean no quiet hours. */
export interface QuietHours {
	from: number;
	to: number;
}

/** 21:00 to 06:30, unless the person says otherwise. */
export const usualQuiet: QuietHours = { from: 1260, to: 390 };

const dayLong = 1440;

/** When somebody may be told: null is now, otherwise the minute their quiet hours end. */
export function quietUntil(now: Date, { from, to }: QuietHours, timeZone: string): Date | null {
	const { hour, minute } = localTime(now, timeZone);
	const clock = hour * 60 + minute;
	const quiet =
		from < to ? clock >= from && clock < to : from > to && (clock >= from || clock < to);
	if (!quiet) return null;
	const wait = (to - clock + dayLong) % dayLong;
	return new Date(Math.floor(now.getTime() / minutes(1)) * minutes(1) + minutes(wait));
}

/** What a person does not want: `*`, `email`, `issue`, `sms:issue`. */
export const optedOut = (not: string[], channel: ChannelName, subject: string) =>
	['*', channel, subject, `${channel}:${subject}`].some((each) => not.includes(each));

/** Pauses before the next try, in minutes; after the last one a message has failed. */
export const pauses = [1, 2, 5, 15, 60];

/** When to try again after so many tries, or null when it has been tried enough. */
export function nextTry(tries: number, now: Date, asked: number | null = null): Date | null {
	const pause = pauses[tries - 1];
	if (pause === undefined) return null;
	return new Date(now.getTime() + Math.max(minutes(pause), Math.min(asked ?? 0, 3600) * 1000));
}

/** How long the link in a message confirms, resumes and changes; stopping works as long as the message stands. */
export const linkDeedLife = days(90);

/** How many receipts an unverified contact may be sent in a day, whoever typed it in. */
export const receiptsPerDay = 3;

/** How many receipts any contact may be sent in an hour: a stranger's phone is not flooded by reports in its name. */
export const receiptsPerHour = 6;

/** A contact point as far as sending is concerned. */
export interface Contact {
	id: string;
	kind: 'phone' | 'email';
	verified: boolean;
	bounced: boolean;
	receiptsToday: number;
	receiptsThisHour: number;
}

/** How somebody wants to be reached. */
export interface Wishes {
	/** Everything this way, whatever was chosen when following; null is "as chosen each time". */
	channel: ChannelName | null;
	language: string | null;
	quiet: QuietHours;
	optedOut: string[];
}

export const usualWishes: Wishes = {
	channel: null,
	language: null,
	quiet: usualQuiet,
	optedOut: []
};

/** Everything that decides whether, how and when one message goes to one person. */
export interface Question {
	template: TemplateCode | null;
	subject: string;
	urgency: Urgency;
	/** What was asked for when following or by whoever sends. */
	channel: ChannelName;
	/** A contact named for this message; otherwise the person's own are used. */
	contact: Contact | null;
	own: Contact[];
	hasPerson: boolean;
	/** A phone or browser that asked for pushes is still there. */
	canPush: boolean;
	wishes: Wishes;
}

export type Skipped =
	| 'not_verified'
	| 'opted_out'
	| 'bounced'
	| 'too_many'
	| 'unreachable'
	| 'already_told'
	| 'over_budget';

export type Route = { channel: ChannelName; contactPointId: string | null } | { skipped: Skipped };

const channelOf = ({ kind }: Contact): ChannelName => (kind === 'email' ? 'email' : 'sms');
const usable = ({ verified, bounced }: Contact) => verified && !bounced;

/** Which way a message goes, or why it does not. Pure: the same question has the same answer. */
export function route(question: Question): Route {
	const kind = question.template ? kindOf(question.template) : 'service';
	const chosen = choose(question, kind);
	if ('skipped' in chosen) return chosen;

	const { contact, channel } = chosen;
	if (contact?.bounced) return { skipped: 'bounced' };
	if (kind === 'code') return { channel, contactPointId: contact?.id ?? null };

	const unwanted = optedOut(question.wishes.optedOut, channel, question.subject);
	if (unwanted && question.urgency !== 'emergency') return { skipped: 'opted_out' };
	if (contact && kind === 'receipt' && contact.receiptsThisHour >= receiptsPerHour)
		return { skipped: 'too_many' };
	if (contact && !contact.verified) {
		if (kind !== 'receipt') return { skipped: 'not_verified' };
		if (contact.receiptsToday >= receiptsPerDay) return { skipped: 'too_many' };
	}
	return { channel, contactPointId: contact?.id ?? null };
}

type Choice = { channel: ChannelName; contact: Contact | null } | { skipped: Skipped };

/** A person's own wish goes before the contact they once followed with; a code goes where it was asked for. */
function choose(question: Question, kind: TemplateKind): Choice {
	const { contact, own, channel, wishes, hasPerson, canPush } = question;
	const named = contact && { channel: channelOf(contact), contact };
	const wished = kind === 'service' && hasPerson ? wishes.channel : null;
	if (named && !wished) return named;

	for (const way of [wished, named ? null : channel]) {
		if (way === 'inbox' && hasPerson) return { channel: 'inbox', contact: null };
		if (way === 'web_push' && canPush) return { channel: 'web_push', contact: null };
		const found = own.find((each) => channelOf(each) === way && usable(each));
		if (found) return { channel: channelOf(found), contact: found };
	}
	return named ?? (hasPerson ? { channel: 'inbox', contact: null } : { skipped: 'unreachable' });
}
