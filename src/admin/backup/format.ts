/**
 * One gzip stream of JSON lines. First a header, then tables with their rows (every value as
 * PostgreSQL's own text, so that nothing is rounded), waiting jobs, files, and a last line that
 * counts them: a file without it was cut off.
 */
export type Line =
	| { kind: 'header'; format: 1; madeAt: string; shape: string; keys: SealedKeys | null }
	| { kind: 'table'; name: string; columns: string[] }
	| { kind: 'rows'; rows: Array<Array<string | null>> }
	| { kind: 'job'; name: string; data: unknown; startAfter: string }
	| { kind: 'file'; path: string; base64: string }
	| { kind: 'end'; rows: number; jobs: number; files: number };

/** The master key and what lies beside it, under scrypt and AES-256-GCM. */
export interface SealedKeys {
	salt: string;
	nonce: string;
	tag: string;
	sealed: string;
}

export const rowsPerLine = 500;
