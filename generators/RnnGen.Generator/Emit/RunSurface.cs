using System.Globalization;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the public members that compute: steps and runs, of one stream, of many, of a batch.</summary>
internal static class RunSurface
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        var input = new InputSurface(plan.Spec);
        Step(writer, plan, input);
        Run(writer, plan, input);
        Batches(writer, input);
        if (plan.Spec.OneHot)
            OfFrames(writer, plan);
    }

    private static void Step(CodeWriter writer, NetworkPlan plan, InputSurface input)
    {
        string summary = $"{input.StepShape} in, [OutputSize] out{(plan.ManyToOne ? ", as if the sequence ended here" : "")}.";
        if (plan.Steppable)
            Steps(writer, plan, summary, input);
        else
            NoSteps(writer, plan, input);
    }

    private static void Steps(CodeWriter writer, NetworkPlan plan, string summary, InputSurface input) => writer.Lines(
        $$"""
        /// <summary>One time step from the network's own state: {{summary}}</summary>
        {{Optimized}}
        public void Step({{input.StepType}} input, {{Floats}} output)
        {
            {{input.CheckStep}}
            {{Runtime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
            RunStream(ref _memory.State, {{input.Frame}}, output, 1);
        }

        /// <summary>One time step of a stream of its own; safe from many threads at once, each with its state, while none writes the weights.</summary>
        {{Optimized}}
        public void Step(ref State state, {{input.StepType}} input, {{Floats}} output)
        {
            {{input.CheckStep}}
            {{Runtime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
            RunStream(ref {{Unsafe}}.As<State, float>(ref state), {{input.Frame}}, output, 1);
        }

        /// <summary>
        /// One time step of many streams, [streams × {{input.FrameSize}}] in, [streams × OutputSize] out. Where <paramref name="active"/> is false, a stream has no step:
        /// its state is treated as at a masked step, its output is 0{{input.OfInactive}}. Empty, it stands for all streams.
        /// One call at a time: it uses the network's scratch.
        /// </summary>
        public void Step({{StateSpan}} streams, {{input.SpanType}} input, {{Floats}} output, {{Active}} active = default)
        {
            {{Runtime}}Guard.Length(input.Length, (long)streams.Length * {{input.FrameSize}}, "input", "streams × {{input.FrameSize}}");
            {{Runtime}}Guard.Length(output.Length, (long)streams.Length * OutputSize, "output", "streams × OutputSize");
            {{input.PrepareStreams}}
            if (!active.IsEmpty)
                {{Runtime}}Guard.Length(active.Length, streams.Length, "active", "streams");
            if (streams.IsEmpty)
                return;
            global::System.ReadOnlySpan<byte> mask = active.IsEmpty
                ? _memory.Unmasked(streams.Length)
                : global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(active);
            _memory.Run(this, ref FirstOf(streams), {{input.Frames}}, mask, output, 1, streams.Length);{{(plan.ManyToOne ? ClearMasked : "")}}
        }

        """);

    // Where sequences are answered, none of a batch is masked as a whole; here the answer is that of a step.
    private const string ClearMasked = "\n    " + Runtime + "StreamRows.ClearMasked(mask, output, OutputSize);";

    private const string StateSpan = "global::System.Span<State>";

    private const string Active = "global::System.ReadOnlySpan<bool>";

    private static void NoSteps(CodeWriter writer, NetworkPlan plan, InputSurface input)
    {
        string why = WhyNoSteps(plan);
        string obsolete = $"[global::System.Obsolete(\"{why}\", error: true, DiagnosticId = \"{DiagnosticDescriptors.StepInReverse.Id}\")]";
        string refuse = $"throw new global::System.NotSupportedException(\"{why}\");";
        writer.Lines(
            $$"""
            /// <summary>Refused: a layer of this network goes from the end of a sequence to its beginning.</summary>
            /// <exception cref="global::System.NotSupportedException">Always.</exception>
            {{obsolete}}
            public void Step({{input.StepType}} input, {{Floats}} output) => {{refuse}}

            /// <inheritdoc cref="Step({{input.StepCref}}, {{SpanCref}})"/>
            {{obsolete}}
            public void Step(ref State state, {{input.StepType}} input, {{Floats}} output) => {{refuse}}

            /// <inheritdoc cref="Step({{input.StepCref}}, {{SpanCref}})"/>
            {{obsolete}}
            public void Step({{StateSpan}} streams, {{input.SpanType}} input, {{Floats}} output, {{Active}} active = default) => {{refuse}}

            """);
    }

    private static string WhyNoSteps(NetworkPlan plan)
    {
        string layer = plan.Parts.First(part => part.Part.Reverse).Part.Layer.Name;
        string format = DiagnosticDescriptors.StepInReverse.MessageFormat.ToString(CultureInfo.InvariantCulture);
        return string.Format(CultureInfo.InvariantCulture, format, NameOf(plan), layer);
    }

    private const string SpanCref = "global::System.Span{float}";

    private static void Run(CodeWriter writer, NetworkPlan plan, InputSurface input)
    {
        writer.Lines(
            $$"""
            /// <summary>
            /// A sequence from the network's own state, which is left where the sequence ends: [T × {{input.FrameSize}}] in, [T × OutputSize] out, or [OutputSize] for a
            /// many-to-one network.{{(plan.Run.FewestSteps is null ? "" : " One call at a time: it uses the network's scratch.")}}
            /// </summary>
            {{Optimized}}
            public void Run({{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{Runtime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{input.Prepare}}
                {{OwnSequence(plan, input)}}
            }

            /// <summary>A sequence of a stream of its own{{(plan.Steppable ? "; safe from many threads at once, each with its state, while none writes the weights" : "")}}.</summary>
            {{Optimized}}
            public void Run(ref State state, {{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{Runtime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{input.Prepare}}
                {{Sequence(plan, $"ref {Unsafe}.As<State, float>(ref state)", input)}}
            }

            """);
    }

    /// <summary>The network's own state goes with its own scratch, so that several steps may be treated at once.</summary>
    private static string OwnSequence(NetworkPlan plan, InputSurface input)
    {
        const string State = "ref _memory.State";
        string batch = $"_memory.RunOwn(this, {input.Frames}, output);";
        return plan is { Steppable: true, Run.FewestSteps: { } fewest }
            ? $"if (steps < {Ir.Names.Number(fewest)})\n        {Sequence(plan, State, input)}\n    else\n        {batch}"
            : Sequence(plan, State, input);
    }

    private static string Sequence(NetworkPlan plan, string state, InputSurface input) => plan.Steppable
        ? $"RunStream({state}, {input.Frames}, output, steps);"
        : $"_memory.Run(this, {state}, {input.Frames}, _memory.Unmasked(steps), output, steps, 1);";

    private static void Batches(CodeWriter writer, InputSurface input) => writer.Lines(
        $$"""
        /// <summary>
        /// Threads that a batch, or a step of many streams, is shared out to, the caller's included; 1 unless set. Results have the same bits whatever it is.
        /// </summary>
        public int Threads
        {
            get => _memory.Threads;
            set => _memory.Threads = value;
        }

        /// <summary>
        /// A batch of sequences from the state before a first step: [T, B, OutputSize] out, 0 at masked steps, or [B, OutputSize] for a many-to-one network.
        /// The network's own state stays as it is. One call at a time: it uses the network's scratch.
        /// </summary>
        public void Run({{Batch}} batch, {{Floats}} output)
        {
            {{Runtime}}Guard.Batch(batch, MemoryLayout);
            {{Runtime}}Guard.Output(output.Length, batch, MemoryLayout, "output");
            _memory.Run(this, ref {{Unsafe}}.NullRef<float>(), batch.Data, batch.Mask, output, batch.Steps, batch.BatchSize);
        }

        /// <summary>The same from the states of streams, [B], which are left where the sequences end.</summary>
        public void Run({{StateSpan}} streams, {{Batch}} batch, {{Floats}} output)
        {
            {{Runtime}}Guard.Batch(batch, MemoryLayout);
            {{Runtime}}Guard.Length(streams.Length, batch.BatchSize, "streams", "BatchSize");
            {{Runtime}}Guard.Output(output.Length, batch, MemoryLayout, "output");
            _memory.Run(this, ref FirstOf(streams), batch.Data, batch.Mask, output, batch.Steps, batch.BatchSize);
        }

        private static ref float FirstOf({{StateSpan}} streams) => ref {{Unsafe}}.As<State, float>(ref {{Reference}}(streams));

        """);

    /// <summary>What tools that are generic over networks call: classes as floats.</summary>
    private static void OfFrames(CodeWriter writer, NetworkPlan plan)
    {
        string network = $"global::RnnGen.INetwork<{TypeScope.ClassOf(plan.Spec)}>";
        string step = plan.Steppable
            ? "RunStream(ref _memory.State, input, output, 1);"
            : $"throw new global::System.NotSupportedException(\"{WhyNoSteps(plan)}\");";
        writer.Lines(
            $$"""
            void {{network}}.Step({{ReadOnlyFloats}} input, {{Floats}} output)
            {
                {{Runtime}}Guard.Length(input.Length, 1, "input", "a class");
                {{Runtime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
                {{Runtime}}Guard.Classes(input, InputSize, "input");
                {{step}}
            }

            void {{network}}.Run({{ReadOnlyFloats}} input, {{Floats}} output)
            {
                int steps = {{Runtime}}Guard.Steps(input.Length, 1, "input", "a class");
                {{Runtime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{Runtime}}Guard.Classes(input, InputSize, "input");
                {{Runtime}}Guard.Overlap(input, output, MemoryLayout, "output");
                {{(plan.Steppable ? "RunStream(ref _memory.State, input, output, steps);" : "_memory.Run(this, ref _memory.State, input, _memory.Unmasked(steps), output, steps, 1);")}}
            }

            """);
    }
}
