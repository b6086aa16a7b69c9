using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a network's public members: constants, weights, steps, runs, state.</summary>
internal static class SurfaceEmitter
{
    private const string Runtime = "global::RnnGen.Runtime.";
    private const string Floats = "global::System.Span<float>";
    private const string ReadOnlyFloats = "global::System.ReadOnlySpan<float>";

    /// <summary>Compiled fully at the first call, like the kernels: tiering would have real-time users wait for its second thoughts.</summary>
    private const string Optimized =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        StateType(writer, plan);
        HeaderEmitter.Emit(writer.Line(), plan);
        writer.Line(GeneratedCode);
        string self = TypeScope.ClassOf(plan.Spec);
        using (writer.Block($"partial class {self} : {plan.Spec.BaseName}, global::RnnGen.INetwork<{self}>"))
        {
            Constants(writer, plan, self);
            Weights(writer, plan, self);
            Stepping(writer, plan);
            Running(writer);
            if (plan.Spec.Training)
                Training(writer, plan, self);
            else
                NoTraining(writer, plan, self);
            Dispatch(writer, plan);
        }
    }

    /// <summary>Stamped into generated code; the version of the package.</summary>
    public static string GeneratorVersion { get; } = typeof(SurfaceEmitter).Assembly.GetName().Version.ToString(3);

    private static string GeneratedCode => $"[global::System.CodeDom.Compiler.GeneratedCode(\"RnnGen.Generator\", \"{GeneratorVersion}\")]";

    private static void StateType(CodeWriter writer, NetworkPlan plan) => writer.Lines(
        $$"""
        /// <summary>
        /// What <c>{{plan.Spec.ClassName.TrimStart('@')}}</c> inherits: the type of its state. (A class cannot have a type and a property of one name, but it can
        /// inherit the one.)
        /// </summary>
        {{GeneratedCode}}
        {{plan.Spec.Accessibility}} abstract partial class {{plan.Spec.BaseName}}
        {
            private protected {{plan.Spec.BaseName}}()
            {
            }

            /// <summary>The hidden state of one stream: a value, so copying it is a snapshot. The default is the zero state.</summary>
            [global::System.Runtime.CompilerServices.InlineArray({{N(Math.Max(1, plan.Sizes.PackedState))}})]
            public struct State : global::System.IEquatable<State>
            {
                private float _first;

                /// <summary>Copies the state, [{{N(plan.Sizes.State)}}]: layer by layer, h then c.</summary>
                public readonly void CopyTo({{Floats}} destination) =>
                    {{Runtime}}PackedState.CopyTo(MemoryLayout, {{Packed(plan)}}, destination);

                /// <summary>Sets the state, [{{N(plan.Sizes.State)}}]: layer by layer, h then c.</summary>
                public void Set({{ReadOnlyFloats}} source) =>
                    {{Runtime}}PackedState.Set(MemoryLayout, source, {{Packed(plan)}});

                /// <summary>Whether both states hold the same bits.</summary>
                public static bool operator ==(State left, State right) => left.Equals(right);

                /// <summary>Whether the states differ.</summary>
                public static bool operator !=(State left, State right) => !left.Equals(right);

                /// <summary>Whether both states hold the same bits.</summary>
                public readonly bool Equals(State other) =>
                    {{Runtime}}PackedState.Equal(MemoryLayout, {{Packed(plan)}}, {{Packed(plan, "other")}});

                /// <inheritdoc/>
                public readonly override bool Equals(object? obj) => obj is State other && Equals(other);

                /// <inheritdoc/>
                public readonly override int GetHashCode() => {{Runtime}}PackedState.Hash(MemoryLayout, {{Packed(plan)}});
            }
        }
        """);

    /// <summary>The packed floats within the state type, which has one float too many where the network has no state.</summary>
    private static string Packed(NetworkPlan plan, string state = "this") => plan.Sizes.PackedState == 0 ? state + "[..0]" : state;

    private static void Constants(CodeWriter writer, NetworkPlan plan, string self) => writer.Lines(
        $$"""
        /// <summary>Features per time step.</summary>
        public const int InputSize = {{N(plan.Spec.InputSize)}};

        /// <summary>Outputs per {{(plan.ManyToOne ? "sequence" : "time step")}}.</summary>
        public const int OutputSize = {{N(plan.OutputSize)}};

        /// <summary>Floats of hidden state a stream.</summary>
        public const int StateSize = {{N(plan.Sizes.State)}};

        /// <summary>Trainable values.</summary>
        public const int ParameterCount = {{N(plan.Sizes.Parameters)}};

        private readonly {{Runtime}}NetworkMemory _memory = new(MemoryLayout);

        static int global::RnnGen.INetwork<{{self}}>.InputSize => InputSize;

        static int global::RnnGen.INetwork<{{self}}>.OutputSize => OutputSize;

        static int global::RnnGen.INetwork<{{self}}>.StateSize => StateSize;

        static int global::RnnGen.INetwork<{{self}}>.ParameterCount => ParameterCount;

        static {{Runtime}}NetworkLayout global::RnnGen.INetwork<{{self}}>.Layout => MemoryLayout;

        {{Runtime}}NetworkMemory global::RnnGen.INetwork<{{self}}>.Memory => _memory;

        static {{self}} global::RnnGen.INetwork<{{self}}>.Create(long seed) => new {{self}}(seed);

        """);

    private static void Weights(CodeWriter writer, NetworkPlan plan, string self) => writer.Lines(
        $$"""
        /// <summary>A network with freshly drawn weights; the same seed gives the same bits everywhere.</summary>
        public {{plan.Spec.ClassName}}(long seed) => _memory.Initialize(seed);

        private {{plan.Spec.ClassName}}()
        {
        }

        /// <summary>A network with the weights of a safetensors file.</summary>
        /// <exception cref="global::System.FormatException">The file is damaged or does not fit this network; the message names the tensor.</exception>
        public static {{self}} Load(string path)
        {
            var network = new {{self}}();
            network._memory.Load(path);
            return network;
        }

        /// <inheritdoc cref="Load(string)"/>
        public static {{self}} Load(global::System.IO.Stream stream)
        {
            var network = new {{self}}();
            network._memory.Load(stream);
            return network;
        }

        /// <inheritdoc cref="Load(string)"/>
        public static {{self}} Load(global::System.ReadOnlySpan<byte> safetensors)
        {
            var network = new {{self}}();
            network._memory.Load(safetensors);
            return network;
        }

        /// <summary>Writes the weights as safetensors. A crash leaves the old file or the new one.</summary>
        public void Save(string path) => _memory.Save(path);

        /// <summary>Writes the weights as safetensors.</summary>
        public void Save(global::System.IO.Stream stream) => _memory.Save(stream);

        /// <summary>The parameters by name and in order, in canonical (PyTorch) layout.</summary>
        public global::RnnGen.ParameterCollection Parameters => _memory.Parameters;

        /// <summary>Gives the memory up; every later use throws.</summary>
        public void Dispose() => _memory.Dispose();

        """);

    private static void Stepping(CodeWriter writer, NetworkPlan plan) => writer.Lines(
        $$"""
        /// <summary>The network's own hidden state: reading it takes a snapshot.</summary>
        public new State State
        {
            get
            {
                State state = default;
                _memory.PackedState.CopyTo(state);
                return state;
            }

            set => ((global::System.ReadOnlySpan<float>)value).Slice(0, {{N(plan.Sizes.PackedState)}}).CopyTo(_memory.PackedState);
        }

        /// <summary>Sets the network's own state to zero.</summary>
        public void Reset() => _memory.PackedState.Clear();

        /// <summary>Copies the network's own state, [StateSize], layer by layer, h then c.</summary>
        public void CopyStateTo({{Floats}} destination) => _memory.CopyStateTo(destination);

        /// <summary>Sets the network's own state, [StateSize], layer by layer, h then c.</summary>
        public void SetState({{ReadOnlyFloats}} source) => _memory.SetState(source);

        /// <summary>One time step from the network's own state: [InputSize] in, [OutputSize] out{{(plan.ManyToOne ? ", as if the sequence ended here" : "")}}.</summary>
        {{Optimized}}
        public void Step({{ReadOnlyFloats}} input, {{Floats}} output)
        {
            {{Runtime}}Guard.Length(input.Length, InputSize, nameof(input), nameof(InputSize));
            {{Runtime}}Guard.Length(output.Length, OutputSize, nameof(output), nameof(OutputSize));
            RunStream(ref _memory.State, input, output, 1);
        }

        /// <summary>One time step of a stream of its own; safe from many threads at once, each with its state, while none writes the weights.</summary>
        {{Optimized}}
        public void Step(ref State state, {{ReadOnlyFloats}} input, {{Floats}} output)
        {
            {{Runtime}}Guard.Length(input.Length, InputSize, nameof(input), nameof(InputSize));
            {{Runtime}}Guard.Length(output.Length, OutputSize, nameof(output), nameof(OutputSize));
            RunStream(ref global::System.Runtime.CompilerServices.Unsafe.As<State, float>(ref state), input, output, 1);
        }

        """);

    private static void Running(CodeWriter writer) => writer.Lines(
        $$"""
        /// <summary>
        /// A sequence from the network's own state, which is left where the sequence ends: [T × InputSize] in, [T × OutputSize] out, or [OutputSize] for a
        /// many-to-one network.
        /// </summary>
        {{Optimized}}
        public void Run({{ReadOnlyFloats}} input, {{Floats}} output)
        {
            int steps = {{Runtime}}Guard.Steps(input.Length, InputSize, nameof(input), nameof(InputSize));
            {{Runtime}}Guard.Output(output.Length, steps, MemoryLayout, nameof(output));
            {{Runtime}}Guard.Overlap(input, output, MemoryLayout, nameof(output));
            RunStream(ref _memory.State, input, output, steps);
        }

        /// <summary>A sequence of a stream of its own; safe from many threads at once, each with its state, while none writes the weights.</summary>
        {{Optimized}}
        public void Run(ref State state, {{ReadOnlyFloats}} input, {{Floats}} output)
        {
            int steps = {{Runtime}}Guard.Steps(input.Length, InputSize, nameof(input), nameof(InputSize));
            {{Runtime}}Guard.Output(output.Length, steps, MemoryLayout, nameof(output));
            {{Runtime}}Guard.Overlap(input, output, MemoryLayout, nameof(output));
            RunStream(ref global::System.Runtime.CompilerServices.Unsafe.As<State, float>(ref state), input, output, steps);
        }

        /// <summary>
        /// A batch of sequences from zero states: [T, B, OutputSize] out, 0 at masked steps, or [B, OutputSize] for a many-to-one network. The network's own state
        /// stays as it is. One call at a time: it uses the network's scratch.
        /// </summary>
        public void Run(global::RnnGen.SequenceBatch batch, {{Floats}} output)
        {
            {{Runtime}}Guard.Batch(batch, MemoryLayout);
            {{Runtime}}Guard.Output(output.Length, batch, MemoryLayout, nameof(output));
            RunBatch(batch, output);
        }

        """);

    private static void Training(CodeWriter writer, NetworkPlan plan, string self) => writer.Lines(
        $$"""
        /// <summary>All memory for <see cref="Forward"/> and <see cref="Backward"/> on batches of up to so many steps and sequences.</summary>
        public static global::RnnGen.Tape<{{self}}> CreateTape(int maxSteps, int batchSize) => new(maxSteps, batchSize);

        static {{Runtime}}TapeLayout? global::RnnGen.INetwork<{{self}}>.TapeLayout => TapeRegions;

        /// <summary>Runs a batch from the tape's initial states and keeps on the tape what <see cref="Backward"/> needs.</summary>
        public void Forward(global::RnnGen.Tape<{{self}}> tape, global::RnnGen.SequenceBatch batch)
        {
            global::System.ArgumentNullException.ThrowIfNull(tape);
            ForwardPass(tape.BeginForward(_memory, batch));
            tape.EndForward();
        }

        /// <summary>
        /// Back-propagates the gradient of the tape's outputs; adds to the tape's parameter gradients, sets its gradients of inputs and initial states.
        /// </summary>
        public void Backward(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} outputGradients)
        {
            global::System.ArgumentNullException.ThrowIfNull(tape);
            BackwardPass(tape.BeginBackward(_memory, outputGradients, ofLogits: false));
            tape.EndBackward();
        }

        /// <summary>The same from the gradient of the tape's logits.</summary>
        public void BackwardFromLogits(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} logitGradients)
        {
            global::System.ArgumentNullException.ThrowIfNull(tape);
            BackwardPass(tape.BeginBackward(_memory, logitGradients, ofLogits: true));
            tape.EndBackward();
        }

        """);

    private static void NoTraining(CodeWriter writer, NetworkPlan plan, string self)
    {
        string refusal = $"throw new global::System.NotSupportedException(\"{plan.Spec.ClassName.TrimStart('@')} was generated with Training = false.\")";
        writer.Lines(
            $$"""
            static {{Runtime}}TapeLayout? global::RnnGen.INetwork<{{self}}>.TapeLayout => null;

            static global::RnnGen.Tape<{{self}}> global::RnnGen.INetwork<{{self}}>.CreateTape(int maxSteps, int batchSize) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.Forward(global::RnnGen.Tape<{{self}}> tape, global::RnnGen.SequenceBatch batch) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.Backward(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} outputGradients) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.BackwardFromLogits(global::RnnGen.Tape<{{self}}> tape, {{ReadOnlyFloats}} logitGradients) => {{refusal}};

            """);
    }

    private static void Dispatch(CodeWriter writer, NetworkPlan plan)
    {
        const string Get = "global::System.Runtime.InteropServices.MemoryMarshal.GetReference";
        Choose(
            writer, plan, $"private void RunStream(ref float state, {ReadOnlyFloats} input, {Floats} output, int steps)",
            $"Run(ref _memory.Weights, ref state, ref {Get}(input), ref {Get}(output), steps)");
        Choose(
            writer.Line(), plan, $"private void RunBatch(global::RnnGen.SequenceBatch batch, {Floats} output)",
            $"Run(ref _memory.Weights, ref _memory.Scratch, ref {Get}(batch.Data), ref {Get}(batch.Mask), ref {Get}(output), batch.Steps, batch.BatchSize)");
        if (!plan.Spec.Training)
            return;
        Choose(writer.Line(), plan, $"private void ForwardPass({Runtime}TapeMemory tape)", "Forward(ref _memory.Weights, tape)");
        Choose(writer.Line(), plan, $"private void BackwardPass({Runtime}TapeMemory tape)", "Backward(ref _memory.Weights, tape)");
    }

    /// <summary>The choice between targets: its conditions are constants to the JIT.</summary>
    private static void Choose(CodeWriter writer, NetworkPlan plan, string header, string call)
    {
        writer.Line(Optimized);
        using (writer.Block(header))
        {
            string otherwise = "";
            foreach (Target target in plan.Targets.Select(targetPlan => targetPlan.Target))
            {
                writer.Line(target.Guard is null ? "else" : $"{otherwise}if (global::RnnGen.Simd.{target.Guard})").Line($"    {target.Name}.{call};");
                otherwise = "else ";
            }
        }
    }
}
