import { TryLater, type Answer, type Channel, type Parcel } from '../../channel.ts';

/**
 * The twin that fails on demand, for tests and drills: answers as told, in order, then accepts.
 * `again` throws as a gateway that is down. What was sent is in `sent`.
 */
export function failing(answers: Array<Answer | 'again' | number>): Channel & { sent: Parcel[] } {
	const left = [...answers];
	const sent: Parcel[] = [];
	return {
		sent,
		async send(parcel) {
			sent.push(parcel);
			const answer = left.shift() ?? { outcome: 'accepted' as const };
			if (answer === 'again') throw new TryLater('down');
			if (typeof answer === 'number') throw new TryLater('busy', answer);
			return answer;
		}
	};
}
