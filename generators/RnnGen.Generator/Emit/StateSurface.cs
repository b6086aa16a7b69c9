using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the public members that read and write the network's own state, and how the others reach into a stream's.</summary>
internal static class StateSurface
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        string size = N(plan.Sizes.PackedState);
        writer.Lines(
            $$"""
            /// <summary>The network's own hidden state. Reading it takes a snapshot; setting it copies.</summary>
            public State CurrentState
            {
                get
                {
                    {{New(plan)}}
                    _memory.PackedState.CopyTo({{Floats(plan, size)}});
                    return state;
                }

                set => {{Values(plan, size)}}.CopyTo(_memory.PackedState);
            }

            /// <summary>The state before the first step: {{(plan.States.Any(state => state.Learned is not null) ? "zero, or learned" : "zero")}}.</summary>
            public State InitialState
            {
                get
                {
                    {{New(plan)}}
                    _memory.CopyInitialStateTo({{Floats(plan, size)}});
                    return state;
                }
            }

            /// <summary>Sets the network's own state to <see cref="InitialState"/>.</summary>
            public void Reset() => _memory.Reset();

            /// <summary>Copies the network's own state, [StateSize]: {{StateText.Order(plan)}}.</summary>
            public void CopyStateTo({{SurfaceText.Floats}} destination) => _memory.CopyStateTo(destination);

            /// <summary>Sets the network's own state, [StateSize]: {{StateText.Order(plan)}}.</summary>
            public void SetState({{ReadOnlyFloats}} source) => _memory.SetState(source);

            """);
    }

    /// <summary>The first float of the state that <c>state</c> refers to.</summary>
    public static string First(NetworkPlan plan) => plan.StateIsValue
        ? $"ref {Unsafe}.As<State, float>(ref state)"
        : $"ref {InRuntime}LargeState.FirstOf(state, \"state\")";

    private static string New(NetworkPlan plan) => plan.StateIsValue ? "State state = default;" : "State state = new();";

    private static string Floats(NetworkPlan plan, string size) =>
        plan.StateIsValue ? $"(({SurfaceText.Floats})state).Slice(0, {size})" : $"{InRuntime}LargeState.FloatsOf(state, \"state\")";

    private static string Values(NetworkPlan plan, string size) =>
        plan.StateIsValue ? $"(({ReadOnlyFloats})value).Slice(0, {size})" : $"{InRuntime}LargeState.FloatsOf(value, \"value\")";
}
