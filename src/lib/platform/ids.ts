/**
 * A UUIDv7 (RFC 9562): sortable by the millisecond it was made in, so rows lie in the order of time.
 * Made in code or on the phone, never by the database.
 */
export function newId(now: Date = new Date()): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	const millis = now.getTime();
	for (let i = 0; i < 6; i++) bytes[i] = Math.floor(millis / 2 ** (8 * (5 - i))) & 0xff;
	bytes[6] = (bytes[6] & 0x0f) | 0x70;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a text from outside can be asked for as an id at all. */
export const isId = (text: unknown): text is string => typeof text === 'string' && uuid.test(text);
