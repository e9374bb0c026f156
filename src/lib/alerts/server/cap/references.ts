import type { CapAlert } from './document.ts';
import type { CapFault } from './faults.ts';
import { capTime } from './grammar.ts';
import { instantOf } from './time.ts';

/** An earlier message, as CAP names it: `sender,identifier,sent`. */
export interface CapReference {
	sender: string;
	identifier: string;
	sent: string;
}

/** The messages an Update, Cancel, Ack or Error is about; null when one of them cannot be read. */
export function readReferences(text: string | undefined): CapReference[] | null {
	const triples = (text ?? '')
		.trim()
		.split(/\s+/)
		.filter(Boolean)
		.map((each) => each.split(','));
	if (triples.some(([, , sent, more]) => !capTime.test(sent ?? '') || more !== undefined))
		return null;
	return triples.map(([sender, identifier, sent]) => ({ sender, identifier, sent }));
}

/** What is wrong with what a message refers to. */
export function referencesFault({
	references,
	msgType,
	identifier,
	sender,
	sent
}: CapAlert): CapFault[] {
	const read = readReferences(references);
	const say = (says: string) => [{ field: 'references', says }];
	if (!read) return say('is no list of sender,identifier,sent');
	if (msgType === 'Alert' && read.length) return say('a first message refers to none');
	if (msgType !== 'Alert' && !read.length) return say(`${msgType} must say of which message`);
	if (read.some((each) => each.identifier === identifier && each.sender === sender))
		return say('refers to itself');
	return read.some((each) => instantOf(each.sent) > instantOf(sent))
		? say('refers to a message of the future')
		: [];
}
