using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the public members that run batches, and what they share with steps of many streams.</summary>
internal static class BatchSurface
{
    /// <summary>The states of streams.</summary>
    public const string StateSpan = "global::System.Span<State>";

    public static void Emit(CodeWriter writer, NetworkPlan plan) => writer.Lines(
        $$"""
        /// <summary>
        /// The threads that a batch or a step of many streams is split across, including the calling thread; 1 by default. Any number of threads gives the same bits.
        /// </summary>
        public int Threads
        {
            get => _memory.Threads;
            set => _memory.Threads = value;
        }

        /// <summary>
        /// Runs a batch of sequences from <see cref="InitialState"/>. Writes [T, B, OutputSize], 0 at masked steps, or [B, OutputSize] for a many-to-one network.
        /// The network's own state does not change. <paramref name="output"/> must not overlap the batch. One call at a time: it uses the network's scratch.
        /// </summary>
        public void Run({{Batch}} batch, {{Floats}} output)
        {
            {{InRuntime}}Guard.Batch(batch, MemoryLayout);
            {{InRuntime}}Guard.Output(output.Length, batch, MemoryLayout, "output");
            {{InRuntime}}Guard.Apart(batch, output, "output");
            _memory.Run(this, ref {{Unsafe}}.NullRef<float>(), batch.Data, batch.Mask, output, batch.Steps, batch.BatchSize);
        }

        /// <summary>
        /// Runs a batch from the states of streams, [B], and leaves them at the end of their sequences. <paramref name="output"/> must not overlap them either.
        /// </summary>
        public void Run({{StateSpan}} streams, {{Batch}} batch, {{Floats}} output)
        {
            {{InRuntime}}Guard.Batch(batch, MemoryLayout);
            {{InRuntime}}Guard.Length(streams.Length, batch.BatchSize, "streams", "BatchSize");
            {{InRuntime}}Guard.Output(output.Length, batch, MemoryLayout, "output");
            {{InRuntime}}Guard.Apart(batch, output, "output");
            {{Apart(plan, "float", "output")}}
            {{Apart(plan, "float", "batch", ".Data")}}
            {{Apart(plan, "byte", "batch", ".Mask")}}
            {{Streams(plan, "batch.Data", "batch.Mask", "batch.Steps", "batch.BatchSize")}}
        }

        """);

    /// <summary>Refuses what lies in the states that a call reads and writes. Those that are classes have their memory for themselves.</summary>
    public static string Apart(NetworkPlan plan, string type, string argument, string member = "") =>
        plan.StateIsValue ? $"{InRuntime}Guard.Apart<State, {type}>(streams, {argument}{member}, \"{argument}\", \"streams\");" : "";

    /// <summary>Runs the streams.</summary>
    public static string Streams(NetworkPlan plan, string frames, string mask, string steps, string count) => plan.StateIsValue
        ? $"_memory.Run(this, ref {Unsafe}.As<State, float>(ref {Reference}(streams)), {frames}, {mask}, output, {steps}, {count});"
        : $"_memory.RunStates<State>(this, streams, {frames}, {mask}, output, {steps});";
}
