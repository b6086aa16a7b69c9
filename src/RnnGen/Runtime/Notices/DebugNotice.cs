using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>
/// One line on standard error, once per process, where a network was compiled without optimisation: its loops then run many times slower, and nothing else shows
/// it.
/// </summary>
internal static class DebugNotice
{
    private const string Switch = "RnnGen.Debug.Notice";

    private static int s_isDone;
    private static Assembly? s_optimised;

    /// <summary>
    /// Whether the JIT compiles the program. <c>RuntimeFeature.IsDynamicCodeSupported</c> does not say so: it is false under the JIT too where the project sets
    /// PublishAot. RnnGen's targets set the switch for NativeAOT, which folds it.
    /// </summary>
    [FeatureSwitchDefinition(Switch)]
    private static bool IsJitted => !AppContext.TryGetSwitch(Switch, out bool isJitted) || isJitted;

    /// <summary>
    /// Writes the line if it has not been written and the network was compiled without optimisation. A native program has no line: whether it is optimised
    /// was decided when it was published (RNN209).
    /// </summary>
    /// <param name="network">The generated class; null where no compiler made it.</param>
    public static void WriteOnce(Type? network)
    {
        if (IsJitted && s_isDone == 0 && Notice.IsWanted && network is not null && network.Assembly != s_optimised)
            Write(network);
    }

    /// <summary>The line, without its end.</summary>
    /// <param name="assembly">The name of the network's assembly.</param>
    internal static string Text(string? assembly) =>
        $"RnnGen: {assembly} is a Debug build, in which networks run many times slower: build Release (dotnet run -c Release), or set the property RnnGenOptimizeDebug to true; "
        + $"{Notice.Variable}=0 hides this line.";

    /// <summary>Whether the JIT was told not to optimise an assembly.</summary>
    internal static bool IsUnoptimised(Assembly assembly) => assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(Type network)
    {
        if (!IsUnoptimised(network.Assembly))
            s_optimised = network.Assembly;
        else if (Interlocked.Exchange(ref s_isDone, 1) == 0 && Notice.IsWantedHere)
            Notice.Write(Text(network.Assembly.GetName().Name));
    }
}
