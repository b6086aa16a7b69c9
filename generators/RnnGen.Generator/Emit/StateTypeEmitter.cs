using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the type of a stream's hidden state: a value up to <see cref="NetworkPlan.MaxStateValueBytes"/>, above that a class.</summary>
internal static class StateTypeEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.StateIsValue)
            Value(writer, plan);
        else
            Class(writer);
    }

    private static void Value(CodeWriter writer, NetworkPlan plan) => writer.Lines(
        $$"""
        /// <summary>The hidden state of one stream. It is a struct, so copying it takes a snapshot. The default is the zero state.</summary>
        {{GeneratedCode}}
        [global::System.Runtime.CompilerServices.InlineArray({{N(Math.Max(1, plan.Sizes.PackedState))}})]
        public struct State : global::System.IEquatable<State>
        {
            private float _first;

            /// <summary>Returns a copy, as assignment does.</summary>
            public readonly State Clone() => this;

            /// <summary>Copies the state, [StateSize]: {{StateText.Order(plan)}}.</summary>
            public readonly void CopyTo({{Floats}} destination) =>
                {{InRuntime}}PackedState.CopyTo(MemoryLayout, {{Packed(plan)}}, destination);

            /// <summary>Sets the state, [StateSize]: {{StateText.Order(plan)}}.</summary>
            public void Set({{ReadOnlyFloats}} source) =>
                {{InRuntime}}PackedState.Set(MemoryLayout, source, {{Packed(plan)}});

            /// <summary>Whether both states hold the same bits.</summary>
            public static bool operator ==(State left, State right) => left.Equals(right);

            /// <summary>Whether the states differ.</summary>
            public static bool operator !=(State left, State right) => !left.Equals(right);

            /// <summary>Whether both states hold the same bits.</summary>
            public readonly bool Equals(State other) =>
                {{InRuntime}}PackedState.Equal(MemoryLayout, {{Packed(plan)}}, {{Packed(plan, "other")}});

            /// <inheritdoc/>
            public readonly override bool Equals(object? obj) => obj is State other && Equals(other);

            /// <inheritdoc/>
            public readonly override int GetHashCode() => {{InRuntime}}PackedState.Hash(MemoryLayout, {{Packed(plan)}});

            /// <inheritdoc/>
            public readonly override string ToString() => {{InRuntime}}PackedState.Describe(MemoryLayout, {{Packed(plan)}});
        }

        """);

    private static void Class(CodeWriter writer) => writer.Lines(
        $$"""
        /// <summary>
        /// The hidden state of one stream. It is a class, because it is too large for a struct: variables share one state, and <see cref="Clone"/> takes a snapshot.
        /// </summary>
        {{GeneratedCode}}
        public sealed class State : {{InRuntime}}LargeState, global::System.IEquatable<State>
        {
            /// <summary>The zero state.</summary>
            public State()
                : base(MemoryLayout)
            {
            }

            /// <summary>Returns a copy.</summary>
            public State Clone()
            {
                State copy = new();
                CopyTo(copy);
                return copy;
            }

            /// <summary>Whether both states hold the same bits.</summary>
            public static bool operator ==(State? left, State? right) => left is null ? right is null : left.Equals(right);

            /// <summary>Whether the states differ.</summary>
            public static bool operator !=(State? left, State? right) => !(left == right);

            /// <summary>Whether both states hold the same bits.</summary>
            public bool Equals(State? other) => base.Equals(other);

            /// <inheritdoc/>
            public override bool Equals(object? obj) => base.Equals(obj);

            /// <inheritdoc/>
            public override int GetHashCode() => base.GetHashCode();
        }

        """);

    /// <summary>The packed floats within the state type, which has one float too many where the network has no state.</summary>
    private static string Packed(NetworkPlan plan, string state = "this") => plan.Sizes.PackedState == 0 ? state + "[..0]" : state;
}
