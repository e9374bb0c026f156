import { drillSteps, drillStepWords, lateSteps } from '#lib/alerts/drill.ts';
import { holdDrill, usualResidents } from '#lib/alerts/server/index.ts';
import { municipalityByCode } from '#lib/identity/server/index.ts';
import { readArgs, type Command } from '../command.ts';

export const drill: Command = {
	name: 'drill',
	usage: 'drill CODE [--residents N]',
	help: 'Holds a full exercise in an exercise municipality: a warning is written, submitted, approved, tested, sent to synthetic residents and taken back. Says how many seconds each step took; the history is kept at /office/alerts/drills. Nobody real is told anything but whoever is on call, marked EXERCISE.\n  npm run admin -- drill KHX\n  npm run admin -- drill KHX --residents 500',
	async run(args, { database: { db }, print }) {
		const { rest, values } = readArgs(args, { values: ['residents'] });
		const municipality = await municipalityByCode(db, rest[0] ?? '');
		if (!municipality) throw new Error('Name an exercise municipality by its code, such as KHX');
		const { steps, fault, residents } = await holdDrill(db, {
			municipalityId: municipality.id,
			residents: Number(values.residents ?? usualResidents)
		});
		print(`${residents} synthetic residents of ${municipality.name}`);
		const late = lateSteps(steps);
		for (const step of drillSteps)
			if (steps[step] !== undefined)
				print(
					`${steps[step].toFixed(2).padStart(7)} s  ${drillStepWords[step]}${late.includes(step) ? ', TOO LATE' : ''}`
				);
		if (fault) throw new Error(`It came to no end: ${fault}`);
	}
};
