using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Says what a network's state consists of.</summary>
internal static class StateText
{
    /// <summary>The states in their order, by the names that the network's layout has for them: <c>lstm0.h [64], lstm0.c [64]</c>.</summary>
    public static string Order(NetworkPlan plan) => plan.States.Count == 0
        ? "empty, because no layer has a state"
        : string.Join(", ", plan.States.Select(state => $"{state.FullName} [{N(state.Size)}]"));
}
