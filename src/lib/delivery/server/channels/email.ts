import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { TryLater, type Answer, type Channel, type Parcel, type Way } from '../../channel.ts';
import { returnPath } from './return-path.ts';
import { htmlOf } from './html.ts';

export interface Mail {
	/** `smtp://user:password@host:port`, or `smtps:` */
	url: string;
	/** `Imbizo <no-reply@khanyisa.gov.za>`: the address; the name is the municipality's. */
	from: string;
	/** Where mail comes back to; each message gets an address of its own there. */
	bounce?: string;
	/** `DOMAIN SELECTOR FILE` */
	dkim?: string;
	/** Milliseconds to wait for a connection and a greeting. */
	patience?: number;
}

interface SmtpFault {
	responseCode?: number;
	code?: string;
}

const addressIn = (from: string) => /<([^>]+)>/.exec(from)?.[1] ?? from;

/** E-mail over a pooled SMTP connection: plain text always, simple HTML beside it, and one-click unsubscribing (RFC 8058). */
export function email({ url, from, bounce, dkim, patience = 10_000 }: Mail): Channel {
	const transport = createTransport({
		url,
		pool: true,
		maxConnections: 3,
		connectionTimeout: patience,
		greetingTimeout: patience,
		socketTimeout: 2 * patience,
		dkim: dkim ? signing(dkim) : undefined
	});
	const address = addressIn(from);
	const way: Way = {
		name: 'email',
		async probe() {
			await transport.verify();
		}
	};
	return {
		ways: () => [way],
		async send(parcel): Promise<Answer> {
			try {
				const { messageId } = await transport.sendMail(letter(parcel, address, bounce));
				return { outcome: 'accepted', gatewayRef: messageId, way: way.name };
			} catch (reason) {
				return answerTo(reason as SmtpFault);
			}
		},
		close: () => transport.close()
	};
}

/** @throws when the key file cannot be read: unsigned mail would be thrown away by whoever gets it */
function signing(dkim: string) {
	const [, domainName, keySelector, file] = /^(\S+) (\S+) (.+)$/.exec(dkim)!;
	return { domainName, keySelector, privateKey: readFileSync(file, 'utf8') };
}

function letter(
	{ to, title, text, language, from, messageId, unsubscribe }: Parcel,
	address: string,
	bounce?: string
) {
	const headers: Record<string, string> = {
		'Auto-Submitted': 'auto-generated',
		'X-Auto-Response-Suppress': 'All',
		'Content-Language': language
	};
	if (unsubscribe) {
		headers['List-Unsubscribe'] = `<${unsubscribe}/stop>`;
		headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
	}
	return {
		from: { name: from, address },
		to,
		subject: title,
		text,
		html: htmlOf(text, language),
		// The same message twice carries the same id, so that mailboxes show it once.
		messageId: `<${messageId}@${address.split('@')[1] ?? 'localhost'}>`,
		headers,
		envelope: bounce ? { from: returnPath(messageId, bounce), to } : undefined,
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

const noSuchAddress = new Set([550, 551, 553]);

/** SMTP's answers in our words (RFC 5321 4.2): 5yz is for good, everything else is another try. */
function answerTo({ responseCode, code }: SmtpFault): Answer {
	if (code === 'EENVELOPE' && noSuchAddress.has(responseCode ?? 0))
		return { outcome: 'gone', fault: `smtp_${responseCode}` };
	if (code === 'EAUTH') throw new TryLater('smtp_auth', 900);
	if (responseCode && responseCode >= 500)
		return { outcome: 'failed', fault: `smtp_${responseCode}` };
	throw new TryLater(responseCode ? `smtp_${responseCode}` : `smtp_${code ?? 'network'}`);
}
