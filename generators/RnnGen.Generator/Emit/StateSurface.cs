using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the public members that read and write the network's own state.</summary>
internal static class StateSurface
{
    public static void Emit(CodeWriter writer, NetworkPlan plan) => writer.Lines(
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

        /// <summary>The state before a first step: {{(plan.States.Any(state => state.Learned is not null) ? "zero, or what is learned" : "zero")}}.</summary>
        public State InitialState
        {
            get
            {
                State state = default;
                _memory.CopyInitialStateTo((({{Floats}})state).Slice(0, {{N(plan.Sizes.PackedState)}}));
                return state;
            }
        }

        /// <summary>Sets the network's own state to that before a first step.</summary>
        public void Reset() => _memory.Reset();

        /// <summary>Copies the network's own state, [StateSize]: {{StateText.Order(plan)}}.</summary>
        public void CopyStateTo({{Floats}} destination) => _memory.CopyStateTo(destination);

        /// <summary>Sets the network's own state, [StateSize]: {{StateText.Order(plan)}}.</summary>
        public void SetState({{ReadOnlyFloats}} source) => _memory.SetState(source);

        """);
}
