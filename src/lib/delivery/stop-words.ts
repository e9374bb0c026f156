/** What people answer to be left alone, in the languages they answer in; the first word counts. */
const stopWords = new Set([
	'stop',
	'uit',
	'yeka',
	'stopall',
	'unsubscribe',
	'end',
	'quit',
	'cancel'
]);

/** Whether a text that came in asks to stop. */
export const asksToStop = (text: string) =>
	stopWords.has(/[\p{L}]+/u.exec(text.trim())?.[0].toLowerCase() ?? '');
