import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '#lib/platform/server/lock.ts';

test('one process owns a data directory; the next is told in a sentence, and may have it afterwards', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'imbizo-lock-'));
	const unlock = await lockFolder(folder);
	await expect(lockFolder(folder)).rejects.toThrow(/Another process is using the data directory/);
	await unlock();
	await (
		await lockFolder(folder)
	)();
});
