/** What goes along when a case is handed over: enough to work on it, nothing about who reported it. */
export interface Carried {
	service: string | null;
	priority: string;
	wardCode: string | null;
	/** When it was reported, and when it is promised to be done: ISO 8601. */
	openedAt: string;
	dueAt: string | null;
	/** Between the reporter and the municipality: words go along only where somebody said so. */
	private: boolean;
	/** Whether the receiver reads what the reporter wrote. */
	words: boolean;
	/** Between departments of one municipality: who accepts it has the case. */
	own: boolean;
	/** Why it is theirs, as whoever sent it wrote. */
	reason?: string;
	/** Only across installations, where nothing can be looked up. */
	copy?: { title: string; description: string | null; place: string | null; point: Spot | null };
}

export interface Spot {
	lat: number;
	lon: number;
}
