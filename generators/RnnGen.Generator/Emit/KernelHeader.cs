using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Emit;

/// <summary>The parameters of kernels that loops call: every target has them.</summary>
internal static class KernelHeader
{
    /// <summary>A kernel's parameters.</summary>
    public static IReadOnlyList<string> Of(Kernel kernel) => [.. kernel.Parameters.Select(Of), "nint rows"];

    private static string Of(KernelParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Weights => $"ref float {parameter.Name}",
        ParameterKind.Mask => $"ref byte {parameter.Name}",
        _ => $"ref float {KernelText.Rows(parameter.Name)}",
    };
}
