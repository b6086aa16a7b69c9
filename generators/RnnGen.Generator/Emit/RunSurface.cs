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
        BatchSurface.Emit(writer, plan);
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
        /// Runs one time step from the network's own state: {{summary}}
        /// {{AnywhereOfStep(input)}}
        /// </summary>
        {{Optimized}}
        public void Step({{input.StepType}} input, {{Floats}} output)
        {
            {{input.CheckStep}}
            {{InRuntime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
            {{Enter}}
            RunStream({{OwnState}}, {{input.Frame}}, output, 1);
        }

        /// <summary>
        /// Runs one time step of the stream with the given state. Many threads may call this at once, each with its own state, while no thread writes the weights.
        /// {{ApartOfStep(input)}}
        /// </summary>
        {{Optimized}}
        public void Step(ref State state, {{input.StepType}} input, {{Floats}} output)
        {
            {{input.CheckStep}}
            {{InRuntime}}Guard.Length(output.Length, OutputSize, "output", "OutputSize");
            {{ApartFromState(plan, input, ofSteps: false)}}
            RunStream({{StateSurface.First(plan)}}, {{input.Frame}}, output, 1);
        }

        /// <summary>
        /// Runs one time step of many streams: [streams × {{input.FrameSize}}] in, [streams × OutputSize] out. A stream whose <paramref name="active"/> is false has no step:
        /// its state is handled as at a masked step, and its output is 0{{input.OfInactive}}. By default all streams are active.
        /// <paramref name="output"/> {{InPlace(input, "row", "stream")}}.
        /// It must not overlap <paramref name="active"/>, and <paramref name="streams"/> must not overlap any of these.
        /// One call at a time: it uses the network's scratch.
        /// </summary>
        public void Step({{BatchSurface.StateSpan}} streams, {{input.SpanType}} input, {{Floats}} output, {{Active}} active = default)
        {
            {{InRuntime}}Guard.Length(input.Length, (long)streams.Length * {{input.FrameSize}}, "input", "streams × {{input.FrameSize}}");
            {{InRuntime}}Guard.Length(output.Length, (long)streams.Length * OutputSize, "output", "streams × OutputSize");
            if (!active.IsEmpty)
                {{InRuntime}}Guard.Length(active.Length, streams.Length, "active", "streams");
            {{BatchSurface.Apart(plan, "float", "output")}}
            {{InRuntime}}Guard.Apart<bool, float>(active, output, "output", "active");
            {{BatchSurface.Apart(plan, input.ItemType, "input")}}
            {{BatchSurface.Apart(plan, "bool", "active")}}
            {{input.PrepareStreams}}
            if (streams.IsEmpty)
                return;
            global::System.ReadOnlySpan<byte> mask = active.IsEmpty
                ? _memory.Unmasked(streams.Length)
                : global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(active);
            {{BatchSurface.Streams(plan, input.Frames, "mask", "1", "streams.Length")}}{{(plan.ManyToOne ? ClearMasked : "")}}
        }

        """);

    private const string OwnState = "ref _memory.State";

    /// <summary>A state before a first step. A network without steps makes its own, where it is given none.</summary>
    private static string FreshState(NetworkPlan plan) => plan.Steppable ? "ref _memory.FreshState" : $"ref {Unsafe}.NullRef<float>()";

    /// <summary>A second call on the network's own state is refused.</summary>
    private const string Enter = "using " + InRuntime + "NetworkMemory.Use use = _memory.Enter();";

    // Where sequences are answered, none of a batch is masked as a whole; here the answer is that of a step.
    private const string ClearMasked = "\n    " + InRuntime + "StreamRows.ClearMasked(mask, output, OutputSize);";

    private const string Active = "global::System.ReadOnlySpan<bool>";

    private static void NoSteps(CodeWriter writer, NetworkPlan plan, InputSurface input)
    {
        string why = WhyNoSteps(plan);
        string obsolete = $"[global::System.Obsolete(\"{why}\", error: true, DiagnosticId = \"{DiagnosticDescriptors.StepInReverse.Id}\")]";
        string refuse = $"throw new global::System.NotSupportedException(\"{why}\");";
        writer.Lines(
            $$"""
            /// <summary>Not supported: a layer of this network needs later steps.</summary>
            /// <exception cref="global::System.NotSupportedException">Always.</exception>
            {{obsolete}}
            public void Step({{input.StepType}} input, {{Floats}} output) => {{refuse}}

            /// <inheritdoc cref="Step({{input.StepCref}}, {{SpanCref}})"/>
            {{obsolete}}
            public void Step(ref State state, {{input.StepType}} input, {{Floats}} output) => {{refuse}}

            /// <inheritdoc cref="Step({{input.StepCref}}, {{SpanCref}})"/>
            {{obsolete}}
            public void Step({{BatchSurface.StateSpan}} streams, {{input.SpanType}} input, {{Floats}} output, {{Active}} active = default) => {{refuse}}

            """);
    }

    private static string WhyNoSteps(NetworkPlan plan)
    {
        string layer = plan.Parts.First(part => part.Part.LooksAhead).Part.Layer.Name;
        string format = DiagnosticDescriptors.StepInReverse.MessageFormat.ToString(CultureInfo.InvariantCulture);
        return string.Format(CultureInfo.InvariantCulture, format, NameOf(plan), layer);
    }

    private const string SpanCref = "global::System.Span{float}";

    private static void Run(CodeWriter writer, NetworkPlan plan, InputSurface input)
    {
        writer.Lines(
            $$"""
            /// <summary>
            /// Runs a sequence that continues from the network's own state, and leaves that state at its end. See <see cref="Predict"/> for a sequence by itself.
            /// [T × {{input.FrameSize}}] in, [T × OutputSize] out, or [OutputSize] for a many-to-one network. <paramref name="output"/> {{Place(plan, input)}}.{{OneCallAtATime(plan)}}
            /// </summary>
            {{Optimized}}
            public void Run({{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{InRuntime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{input.Prepare}}
                {{LongSequence(plan, OwnState, input.Frames)}}
            }

            /// <summary>
            /// Runs a sequence from <see cref="InitialState"/>, so the same input always gives the same output. The network's own state does not change.
            /// [T × {{input.FrameSize}}] in, [T × OutputSize] out, or [OutputSize] for a many-to-one network. <paramref name="output"/> {{Place(plan, input)}}.
            /// One call at a time: it uses the network's scratch.
            /// </summary>
            {{Optimized}}
            public void Predict({{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{InRuntime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{input.Prepare}}
                {{LongSequence(plan, FreshState(plan), input.Frames)}}
            }

            /// <summary>
            /// Runs a sequence of the stream with the given state.{{(plan.Steppable ? " Many threads may call this at once, each with its own state, while no thread writes the weights." : "")}}
            /// <paramref name="output"/> {{Place(plan, input)}}; neither may overlap <paramref name="state"/>.
            /// </summary>
            {{Optimized}}
            public void Run(ref State state, {{input.SpanType}} input, {{Floats}} output)
            {
                int steps = {{input.Steps}};
                {{InRuntime}}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {{ApartFromState(plan, input, ofSteps: true)}}
                {{input.Prepare}}
                {{Sequence(plan, StateSurface.First(plan), input.Frames)}}
            }

            """);
    }

    private static string OneCallAtATime(NetworkPlan plan) =>
        plan.Run.MinSteps is null ? "" : "\n/// One call at a time: it uses the network's scratch.";

    /// <summary>
    /// A state of the network's goes with its scratch, so that several steps may be processed at once. A network without steps enters in the runtime.
    /// </summary>
    private static string LongSequence(NetworkPlan plan, string state, string frames)
    {
        if (!plan.Steppable)
            return Sequence(plan, state, frames);
        string each = Sequence(plan, state, frames);
        return plan.Run.MinSteps is { } fewest
            ? $"{Enter}\n    if (steps < {Ir.Names.Number(fewest)})\n        {each}\n    else\n        _memory.RunSequence(this, {state}, {frames}, output);"
            : $"{Enter}\n    {each}";
    }

    private static string Sequence(NetworkPlan plan, string state, string frames) => plan.Steppable
        ? $"RunStream({state}, {frames}, output, steps);"
        : $"_memory.Run(this, {state}, {frames}, _memory.Unmasked(steps), output, steps, 1, \"input\");";

    /// <summary>Where the outputs of a sequence may lie; see the runtime's <c>Guard</c>.</summary>
    private static string Place(NetworkPlan plan, InputSurface input) =>
        plan.ManyToOne || input.OfClasses ? "may overlap the input"
        : !plan.Steppable ? "must not overlap the input"
        : InPlace(input, "output", "step");

    private static string AnywhereOfStep(InputSurface input) => input.OfClasses
        ? "The output may be anywhere in memory."
        : "<paramref name=\"output\"/> may overlap <paramref name=\"input\"/>.";

    private static string ApartOfStep(InputSurface input) => input.OfClasses
        ? "<paramref name=\"output\"/> must not overlap <paramref name=\"state\"/>."
        : AnywhereOfStep(input) + " Neither may overlap <paramref name=\"state\"/>.";

    private static string InPlace(InputSurface input, string output, string of) => input.OfClasses
        ? "may overlap the input"
        : $"may overlap the input as long as each {output} ends no later than the frame of its {of}";

    /// <summary>Refuses inputs and outputs that lie in the state that a call reads and writes.</summary>
    private static string ApartFromState(NetworkPlan plan, InputSurface input, bool ofSteps)
    {
        if (!plan.StateIsValue)
            return ""; // No span of the caller's can lie in it.
        const string Apart = InRuntime + "Guard.Apart<State, ", State = ">(new global::System.ReadOnlySpan<State>(in state), ";
        string outputs = $"{Apart}float{State}output, \"output\", \"state\");";
        return input.OfClasses && !ofSteps ? outputs : $"{outputs}\n    {Apart}{input.ItemType}{State}input, \"input\", \"state\");";
    }

    /// <summary>What tools that are generic over networks call: classes as floats.</summary>
    private static void OfFrames(CodeWriter writer, NetworkPlan plan)
    {
        string network = $"global::RnnGen.INetwork<{TypeScope.ClassOf(plan.Spec)}>";
        string step = plan.Steppable
            ? $"{Enter}\n    RunStream({OwnState}, input, output, 1);"
            : $"throw new global::System.NotSupportedException(\"{WhyNoSteps(plan)}\");";
        string checks =
            $"""
            int steps = {InRuntime}Guard.Steps(input.Length, 1, "input", "a class");
                {InRuntime}Guard.Output(output.Length, steps, MemoryLayout, "output");
                {InRuntime}Guard.Classes(input, InputSize, "input");
                {InRuntime}Guard.Overlap(input, output, MemoryLayout, "output");
            """;
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
                {{checks}}
                {{LongSequence(plan, OwnState, "input")}}
            }

            void {{network}}.Predict({{ReadOnlyFloats}} input, {{Floats}} output)
            {
                {{checks}}
                {{LongSequence(plan, FreshState(plan), "input")}}
            }

            """);
    }
}
