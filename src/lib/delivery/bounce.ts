/** What a mail server reports of a letter it could not deliver (RFC 3464). */
export interface Bounce {
	/** gone: there is no such address. failed: this letter will not arrive. delayed: still being tried. */
	kind: 'gone' | 'failed' | 'delayed';
	/** `5.1.1` (RFC 3463) */
	status: string;
	/** Every address the report was sent to, as its headers say. */
	cameBackTo: string[];
}

/** Longer reports quote a whole letter; what matters stands before it. */
export const longestBounce = 256 * 1024;

/** The address does not exist, has moved away or takes no mail: `bad address`, `moved`, `disabled`. */
const noAddress = /^5\.(1\.(0|1|2|3|6|10)|2\.1)$/;

interface Part {
	headers: Map<string, string[]>;
	body: string;
}

/** A report as it came, headers and all; null when it is no delivery report or its delivery went well. */
export function readBounce(raw: string): Bounce | null {
	const mail = partOf(raw.slice(0, longestBounce).replace(/\r\n?/g, '\n'));
	const [type] = mail.headers.get('content-type') ?? [];
	if (!type || !/^multipart\/report\b/i.test(type)) return null;
	const boundary = /boundary="?([^";\n]{1,200})"?/i.exec(type)?.[1];
	if (!boundary) return null;

	const status = partsOf(mail.body, boundary).find(({ headers }) =>
		/^message\/(global-)?delivery-status\b/i.test(headers.get('content-type')?.[0] ?? '')
	);
	const recipient = status && lastRecipient(status.body);
	if (!recipient) return null;
	const cameBackTo = ['to', 'delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) =>
		(mail.headers.get(name) ?? []).flatMap((value) => value.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [])
	);
	const kind = kindOf(recipient);
	return kind && { kind, status: recipient.status, cameBackTo };
}

function kindOf({ action, status }: { action: string; status: string }): Bounce['kind'] | null {
	if (action === 'delayed') return 'delayed';
	if (action !== 'failed') return null;
	return noAddress.test(status) ? 'gone' : 'failed';
}

/** The fields of the only recipient: after those of the whole report, separated by an empty line (RFC 3464 2.1). */
function lastRecipient(body: string) {
	for (const group of body
		.trim()
		.split(/\n\s*\n/)
		.reverse()) {
		const fields = headersOf(group);
		const [action] = fields.get('action') ?? [];
		const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status')?.[0] ?? '')?.[1];
		if (action && status) return { action: action.trim().toLowerCase(), status };
	}
	return null;
}

function partOf(text: string): Part {
	const end = text.indexOf('\n\n');
	return end < 0
		? { headers: headersOf(text), body: '' }
		: { headers: headersOf(text.slice(0, end)), body: text.slice(end + 2) };
}

const partsOf = (body: string, boundary: string): Part[] =>
	`\n${body}`
		.split(`\n--${boundary}`)
		.slice(1, 12)
		.filter((part) => !part.startsWith('--'))
		.map((part) => partOf(part.replace(/^[^\n]*\n/, '')));

/** Header fields by small name; folded lines are one (RFC 5322 2.2.3). */
function headersOf(text: string): Map<string, string[]> {
	const headers = new Map<string, string[]>();
	for (const line of text.replace(/\n[ \t]+/g, ' ').split('\n')) {
		const [, name, value] = /^([\w-]{1,70}):\s*(.*)$/.exec(line) ?? [];
		if (name) headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
	}
	return headers;
}
