import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../platform/refusal.ts';
import { passwordObstacle } from '../rules.ts';
import { passwordWords } from '../wording.ts';

/** argon2id with 19 MiB, 2 passes, 1 lane: the OWASP minimum, about 80 ms on one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const atOnce = 2;
const mostWaiting = 40;

let working = 0;
const waiting: Array<() => void> = [];

/** At most two hashes at a time, so that signing in cannot take the whole machine. */
async function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
	if (working >= atOnce) {
		if (waiting.length >= mostWaiting)
			throw new Refusal(429, 'Many people are signing in just now. Try again in a minute.');
		await new Promise<void>((go) => waiting.push(go));
	}
	working++;
	try {
		return await work();
	} finally {
		working--;
		waiting.shift()?.();
	}
}

const derive = (password: string, nonce: Buffer, { memory, passes, parallelism }: typeof cost) =>
	inTurn(
		() =>
			new Promise<Buffer>((done, refuse) =>
				argon2(
					'argon2id',
					{
						message: Buffer.from(password.normalize('NFC')),
						nonce,
						memory,
						passes,
						parallelism,
						tagLength: 32
					},
					(fault, key) => (fault ? refuse(fault) : done(Buffer.from(key)))
				)
			)
	);

const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** A password as it is kept: argon2id (RFC 9106) in PHC form. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const key = await derive(password, salt, cost);
	return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(salt)}$${plain(key)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

// Takes as long as a real one, so that time does not tell who works here.
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(Buffer.alloc(16, 1))}$${plain(Buffer.alloc(32, 1))}`;

/** Whether a password is the one that was hashed. Without a hash it takes just as long and is false. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
	const parts = phc.exec(hash ?? nobodys);
	if (!parts) throw new Error('A password hash is not in PHC form');
	const [, memory, passes, parallelism] = parts.map(Number);
	const kept = Buffer.from(parts[5], 'base64');
	const key = await derive(password, Buffer.from(parts[4], 'base64'), {
		memory,
		passes,
		parallelism
	});
	return key.length === kept.length && timingSafeEqual(key, kept) && hash !== undefined;
}

/** Says no to a password that is too short or too easy. @throws Refusal 400 */
export function checkPassword(password: string, known: string[]) {
	const obstacle = passwordObstacle(password, known);
	if (obstacle) throw new Refusal(400, passwordWords[obstacle], 'password');
}
