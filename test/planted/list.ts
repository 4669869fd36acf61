/** All of them; how one is written and found is in `fault.ts` and `run.ts`. */
import type { PlantedFault } from './fault.ts';
import { money } from './faults/money.ts';
import { paying } from './faults/paying.ts';
import { posting } from './faults/posting.ts';
import { waiting } from './faults/waiting.ts';

export const planted: readonly PlantedFault[] = [...paying, ...money, ...waiting, ...posting];
