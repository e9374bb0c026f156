import type { Command } from '../command.ts';
import { alertKeys } from './alert-keys.ts';
import { backup } from './backup.ts';
import { checkTiles } from './check-tiles.ts';
import { createAdmin } from './create-admin.ts';
import { demo } from './demo.ts';
import { drill } from './drill.ts';
import { due } from './due.ts';
import { importCouncillorsCommand } from './import-councillors.ts';
import { importPlacesCommand } from './import-places.ts';
import { importRequestsCommand } from './import-requests.ts';
import { importWardsCommand } from './import-wards.ts';
import { migrateCommand } from './migrate.ts';
import { rebuildMapCommand } from './rebuild-map.ts';
import { replayCommand } from './replay.ts';
import { restore } from './restore.ts';
import { translations } from './translations.ts';
import { hooks } from './hooks.ts';
import { verify } from './verify-audit.ts';

/** Every operator's command, in the order `--help` lists them. */
export const commands: Command[] = [
	migrateCommand,
	createAdmin,
	demo,
	importRequestsCommand,
	importWardsCommand,
	importCouncillorsCommand,
	importPlacesCommand,
	checkTiles,
	translations,
	rebuildMapCommand,
	due,
	replayCommand,
	alertKeys,
	drill,
	verify,
	hooks,
	backup,
	restore
];
