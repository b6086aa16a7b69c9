using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Spec;

/// <summary>What follows the prefix in the names of functions for C, and in that of the type of their codes.</summary>
internal static class NativeNames
{
    /// <summary>The type of the codes.</summary>
    public const string Status = "status";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Status, .. Enum.GetValues(typeof(NativeOperation)).Cast<NativeOperation>().Select(Of)];

    /// <summary>The function of an operation: <c>create_from_memory</c>.</summary>
    public static string Of(NativeOperation operation) => Names.Snake(operation.ToString());
}
