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
        /// <summary>
        /// One time step from the network's own state: {{summary}}
        /// {{AnywhereOfStep(input)}}
        /// </summary>
        {{Optimized}}
        public void Step({{input.StepType}} input, {{Floats}} output)
        {
            {{input.CheckStep}}
            {{InRuntime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
            RunStream(ref _memory.State, {{input.Frame}}, output, 1);
        }

        /// <summary>
        /// One time step of a stream of its own; safe from many threads at once, each with its state, while none writes the weights.
        /// {{AnywhereOfStep(input)}} Nothing may lie in <paramref name="state"/>.
        /// </summary>
        {{Optimized}}
        public void Step(ref State state, {{input.StepType}} input, {{Floats}} output)
        {
            {{input.CheckStep}}
            {{InRuntime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
            {{ApartFromState(input, ofSteps: false)}}
            RunStream(ref {{Unsafe}}.As<State, float>(ref state), {{input.Frame}}, output, 1);
        }

        /// <summary>
        /// One time step of many streams, [streams × {{input.FrameSize}}] in, [streams × OutputSize] out. Where <paramref name="active"/> is false, a stream has no step:
        /// its state is treated as at a masked step, its output is 0{{input.OfInactive}}. Empty, it stands for all streams.
        /// <paramref name="output"/> {{InPlace(input, "row", "stream")}}.
        /// It lies apart from <paramref name="active"/>, and <paramref name="streams"/> from all of these.
        /// One call at a time: it uses the network's scratch.
        /// </summary>
        public void Step({{StateSpan}} streams, {{input.SpanType}} input, {{Floats}} output, {{Active}} active = default)
        {
            {{InRuntime}}Guard.Length(input.Length, (long)streams.Length * {{input.FrameSize}}, "input", "streams × {{input.FrameSize}}");
            {{InRuntime}}Guard.Length(output.Length, (long)streams.Length * OutputSize, "output", "streams × OutputSize");
            if (!active.IsEmpty)
                {{InRuntime}}Guard.Length(active.Length, streams.Length, "active", "streams");
            {{InRuntime}}Guard.Apart<State, float>(streams, output, "output", "streams");
            {{InRuntime}}Guard.Apart<bool, float>(active, output, "output", "active");
            {{InRuntime}}Guard.Apart<State, {{input.ItemType}}>(streams, input, "input", "streams");
            {{InRuntime}}Guard.Apart<State, bool>(streams, active, "active", "streams");
            {{input.PrepareStreams}}
            if (streams.IsEmpty)
                return;
            global::System.ReadOnlySpan<byte> mask = active.IsEmpty
                ? _memory.Unmasked(streams.Length)
                : global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(active);
            _memory.Run(this, ref FirstOf(streams), {{input.Frames}}, mask, output, 1, streams.Length);{{(plan.ManyToOne ? ClearMasked : "")}}
        }

        """);

    // Where sequences are answered, none of a batch is masked as a whole; here the answer is that of a step.
    private const string ClearMasked = "\n    " + InRuntime + "StreamRows.ClearMasked(mask, output, OutputSize);";

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
            /// many-to-one network. <paramref name="output"/> {{Place(plan, input)}}.{{OneCallAtATime(plan)}}
            /// </summary>
            {{Optimized}}
            public void Run({{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{InRuntime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{input.Prepare}}
                {{OwnSequence(plan, input)}}
            }

            /// <summary>
            /// A sequence of a stream of its own{{(plan.Steppable ? "; safe from many threads at once, each with its state, while none writes the weights" : "")}}.
            /// <paramref name="output"/> {{Place(plan, input)}}; neither may lie in <paramref name="state"/>.
            /// </summary>
            {{Optimized}}
            public void Run(ref State state, {{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{InRuntime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{ApartFromState(input, ofSteps: true)}}
                {{input.Prepare}}
                {{Sequence(plan, $"ref {Unsafe}.As<State, float>(ref state)", input)}}
            }

            """);
    }

    private static string OneCallAtATime(NetworkPlan plan) =>
        plan.Run.FewestSteps is null ? "" : "\n/// One call at a time: it uses the network's scratch.";

    /// <summary>The network's own state goes with its own scratch, so that several steps may be treated at once.</summary>
    private static string OwnSequence(NetworkPlan plan, InputSurface input)
    {
        const string State = "ref _memory.State";
        string batch = $"_memory.RunOwn(this, {input.Frames}, output);";
        return plan is { Steppable: true, Run.FewestSteps: { } fewest }
            ? $"if (steps < {Ir.Names.Number(fewest)})\n        {Sequence(plan, State, input)}\n    else\n        {batch}"
            : Sequence(plan, State, input);
    }

    private static string Sequence(NetworkPlan plan, string state, InputSurface input) => Sequence(plan, state, input.Frames);

    private static string Sequence(NetworkPlan plan, string state, string frames) => plan.Steppable
        ? $"RunStream({state}, {frames}, output, steps);"
        : $"_memory.Run(this, {state}, {frames}, _memory.Unmasked(steps), output, steps, 1, \"input\");";

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
        /// The network's own state stays as it is. <paramref name="output"/> lies apart from the batch. One call at a time: it uses the network's scratch.
        /// </summary>
        public void Run({{Batch}} batch, {{Floats}} output)
        {
            {{InRuntime}}Guard.Batch(batch, MemoryLayout);
            {{InRuntime}}Guard.Output(output.Length, batch, MemoryLayout, "output");
            {{InRuntime}}Guard.Apart(batch, output, "output");
            _memory.Run(this, ref {{Unsafe}}.NullRef<float>(), batch.Data, batch.Mask, output, batch.Steps, batch.BatchSize);
        }

        /// <summary>
        /// The same from the states of streams, [B], which are left where the sequences end; <paramref name="output"/> lies apart from them too.
        /// </summary>
        public void Run({{StateSpan}} streams, {{Batch}} batch, {{Floats}} output)
        {
            {{InRuntime}}Guard.Batch(batch, MemoryLayout);
            {{InRuntime}}Guard.Length(streams.Length, batch.BatchSize, "streams", "BatchSize");
            {{InRuntime}}Guard.Output(output.Length, batch, MemoryLayout, "output");
            {{InRuntime}}Guard.Apart(batch, output, "output");
            {{InRuntime}}Guard.Apart<State, float>(streams, output, "output", "streams");
            {{InRuntime}}Guard.Apart<State, float>(streams, batch.Data, "batch", "streams");
            {{InRuntime}}Guard.Apart<State, byte>(streams, batch.Mask, "batch", "streams");
            _memory.Run(this, ref FirstOf(streams), batch.Data, batch.Mask, output, batch.Steps, batch.BatchSize);
        }

        private static ref float FirstOf({{StateSpan}} streams) => ref {{Unsafe}}.As<State, float>(ref {{Reference}}(streams));

        """);

    /// <summary>Where the outputs of a sequence may lie; see the runtime's <c>Guard</c>.</summary>
    private static string Place(NetworkPlan plan, InputSurface input) =>
        plan.ManyToOne || input.OfClasses ? "may lie anywhere, also in the input"
        : !plan.Steppable ? "lies apart from the input"
        : InPlace(input, "answer", "step");

    private static string AnywhereOfStep(InputSurface input) => input.OfClasses
        ? "The output may lie anywhere."
        : "<paramref name=\"output\"/> may lie anywhere, also in <paramref name=\"input\"/>.";

    private static string InPlace(InputSurface input, string answer, string of) => input.OfClasses
        ? "may lie anywhere, also in the input"
        : $"may lie in the input where each {answer} ends no later than the frame of its {of}";

    /// <summary>Refuses inputs and outputs that lie in the state that a call reads and writes.</summary>
    private static string ApartFromState(InputSurface input, bool ofSteps)
    {
        const string Apart = InRuntime + "Guard.Apart<State, ", State = ">(new global::System.ReadOnlySpan<State>(in state), ";
        string outputs = $"{Apart}float{State}output, \"output\", \"state\");";
        return input.OfClasses && !ofSteps ? outputs : $"{outputs}\n    {Apart}{input.ItemType}{State}input, \"input\", \"state\");";
    }

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
                {{InRuntime}}Guard.Length(input.Length, 1, "input", "a class");
                {{InRuntime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
                {{InRuntime}}Guard.Classes(input, InputSize, "input");
                {{step}}
            }

            void {{network}}.Run({{ReadOnlyFloats}} input, {{Floats}} output)
            {
                int steps = {{InRuntime}}Guard.Steps(input.Length, 1, "input", "a class");
                {{InRuntime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{InRuntime}}Guard.Classes(input, InputSize, "input");
                {{InRuntime}}Guard.Overlap(input, output, MemoryLayout, "output");
                {{Sequence(plan, "ref _memory.State", "input")}}
            }

            """);
    }
}
