import {
  INPUT_MICRO_USD_PER_TOKEN,
  OUTPUT_MICRO_USD_PER_TOKEN,
  omniLimits,
  veoLimits,
  videoTokens,
} from './catalogue.ts';
import type { Chance } from './chance.ts';
import type { Order } from './order.ts';
import type { Json } from './wire.ts';

/** What a finished interaction says it used, in tokens. */
export type Usage = {
  input: Order['inputTokens'];
  video: number;
  otherOutput: number;
  thought: number;
};

export function usageOfVideo(order: Order, seconds: number, chance: Chance): Usage {
  return {
    input: order.inputTokens,
    video: videoTokens(seconds, order.resolution),
    otherOutput: chance.between(400, 600),
    thought: chance.between(150, 350),
  };
}

export function usageOfRefusal(order: Order, chance: Chance): Usage {
  const otherOutput = chance.between(10, 40);
  return { input: order.inputTokens, video: 0, otherOutput, thought: chance.between(50, 100) };
}

/**
 * As in an answer. `total_output_tokens` is more than the video's tokens, and there are fields
 * that no schema names; both as recorded.
 * Source: recorded exchange with the live API, 2026-10.
 */
export function usageOnTheWire(usage: Usage, chance: Chance): Json {
  const input = usage.input.text + usage.input.image + usage.input.video;
  const output = usage.video + usage.otherOutput;
  const byModality = (tokens: Record<string, number>) =>
    Object.entries(tokens)
      .filter(([, count]) => count > 0)
      .map(([modality, count]) => ({ modality, tokens: count }));
  return {
    total_tokens: input + output + usage.thought,
    total_input_tokens: input,
    input_tokens_by_modality: byModality(usage.input),
    total_cached_tokens: 0,
    total_output_tokens: output,
    ...(usage.video > 0 && { output_tokens_by_modality: byModality({ video: usage.video }) }),
    total_tool_use_tokens: 0,
    total_thought_tokens: usage.thought,
    raw_prompt_token: chance.between(10_000, 40_000),
    model_invocation_token_counts: [{ model_role: 'director', tokens: chance.between(100, 900) }],
    [`experiment_${chance.between(100, 999)}_tokens`]: chance.between(0, 99),
  };
}

/** Micro-dollars. Thoughts, and whatever was put out besides the video, cost as text. */
export function costOfUsage(usage: Usage, model: string): number {
  const input = usage.input.text + usage.input.image + usage.input.video;
  return Math.round(
    input * INPUT_MICRO_USD_PER_TOKEN +
      usage.video * omniLimits(model).videoMicroUsdPerToken +
      (usage.otherOutput + usage.thought) * OUTPUT_MICRO_USD_PER_TOKEN,
  );
}

/** Micro-dollars, before it is known what was used. */
export function expectedCost(order: Order, seconds = order.seconds): number {
  if (order.protocol === 'omni') {
    const tokens = videoTokens(seconds, order.resolution);
    return Math.round(tokens * omniLimits(order.model).videoMicroUsdPerToken);
  }
  const usdPerSecond = veoLimits(order.model).usdPerSecond[order.resolution] ?? 0;
  return Math.round(seconds * usdPerSecond * 1_000_000);
}
