/**
 * Loaded into the bot's process before anything else: its wall clock is off by as many milliseconds as
 * the file CLOCK_FILE says, and jumps when that changes. What has really passed is untouched.
 */
import { readFileSync } from 'node:fs';

const real = Date.now.bind(Date);
const file = process.env.CLOCK_FILE ?? '';

Date.now = () => real() + Number(readFileSync(file, 'utf8'));
