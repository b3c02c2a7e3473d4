import { expect, it } from 'vitest';
import { runScript } from '../runScript';
