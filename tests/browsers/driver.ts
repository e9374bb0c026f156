/** What a journey needs of a browser, whichever it is. Selectors are CSS. */
export interface Driver {
	name: string;
	open(url: string): Promise<void>;
	url(): Promise<string>;
	/** What the page says, as the reader sees it. */
	text(): Promise<string>;
	title(): Promise<string>;
	/** What stands in a field. */
	value(selector: string): Promise<string>;
	fill(selector: string, words: string): Promise<void>;
	/** Picks a radio, or presses a button or link, and waits for a page when one follows. */
	press(selector: string): Promise<void>;
	/** `<html lang>`. */
	language(): Promise<string>;
	close(): Promise<void>;
}

/** Waits until `look` answers something. @throws when it does not in ten seconds */
export async function eventually<T>(
	what: string,
	look: () => Promise<T | null | undefined | false>
): Promise<T> {
	for (let tries = 0; tries < 50; tries++) {
		const seen = await look();
		if (seen) return seen;
		await new Promise((done) => setTimeout(done, 200));
	}
	throw new Error(`never came: ${what}`);
}
