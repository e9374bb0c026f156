declare const self: ServiceWorkerGlobalScope;

/** Where it is open already, else in a new window. In others somebody may write. */
export async function openPage(to: string) {
	const windows = await self.clients.matchAll({ type: 'window' });
	const there = windows.find(({ url }) => url.split('#')[0] === to.split('#')[0]);
	return there ? there.focus() : self.clients.openWindow(to);
}

/** Only our own pages: what a push says is no reason to leave them. */
export function ownPage(path: unknown): string {
	const home = `${self.location.origin}/`;
	if (typeof path !== 'string' || !URL.canParse(path, home)) return home;
	const { href } = new URL(path, home);
	return href.startsWith(home) ? href : home;
}
