using static RnnGen.Cells.Tests.Numbers;

namespace RnnGen.Cells.Tests;

/// <summary>A step of a published cell: from a frame and its states, which it replaces, to its output.</summary>
internal delegate double[] PublishedStep(Weights w, double[] x, Dictionary<string, double[]> s);

/// <summary>
/// The equations of the papers, written down without the package's code: what each attribute of <c>RnnGen.Cells</c> is compared with. Gates stand in the order in
/// which the attribute's documentation names them.
/// </summary>
internal static class PublishedCells
{
    // Zhou et al. 2016
    public static double[] Mgu(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        double[] h = s["h"], f = Sigmoid(w.Gate(0, x, h)), n = Tanh(w.Gate(1, x, Times(f, h)));
        return s["h"] = Mix(f, n, h);
    }

    // Feng et al. 2024, section 3.1
    public static double[] MinGru(Weights w, double[] x, Dictionary<string, double[]> s) => s["h"] = Mix(Sigmoid(w.Input(0, x)), w.Input(1, x), s["h"]);

    // Feng et al. 2024, section 3.2
    public static double[] MinLstm(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        double[] f = Sigmoid(w.Input(0, x)), i = Sigmoid(w.Input(1, x)), share = [.. f.Zip(i, (a, b) => a / (a + b))];
        return s["h"] = Mix(share, s["h"], w.Input(2, x));
    }

    // Ravanelli et al. 2018
    public static double[] LiGru(Weights w, double[] x, Dictionary<string, double[]> s) =>
        s["h"] = Mix(Sigmoid(w.Gate(0, x, s["h"])), s["h"], Map(w.Gate(1, x, s["h"]), value => Math.Max(0, value)));

    // van der Westhuizen and Lasenby 2018
    public static PublishedStep Janet(double beta) => (w, x, s) =>
    {
        double[] h = s["h"], forget = w.Gate(0, x, h), n = Tanh(w.Gate(1, x, h));
        return s["h"] = Plus(Times(Sigmoid(forget), h), Times(Map(Sigmoid(Map(forget, value => value - beta)), value => 1 - value), n));
    };

    // Collins, Sohl-Dickstein and Sussillo 2017
    public static double[] Ugrnn(Weights w, double[] x, Dictionary<string, double[]> s) => s["h"] = Mix(Sigmoid(w.Gate(0, x, s["h"])), s["h"], Tanh(w.Gate(1, x, s["h"])));

    // Li et al. 2018
    public static PublishedStep IndRnn(Func<double, double> activation) => (w, x, s) => s["h"] = Map(Plus(w.Input(0, x), Times(w["recurrent"], s["h"])), activation);

    // Lei et al. 2018
    public static double[] Sru(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        double[] c = s["c"], v = w["peephole"];
        double[] f = Sigmoid(Plus(w.Input(0, x), Times(v[..12], c))), r = Sigmoid(Plus(w.Input(1, x), Times(v[12..], c)));
        s["c"] = Mix(f, c, w.Product("weight", x));
        return Mix(r, s["c"], x.Length == 12 ? x : w.Product("weight_skip", x));
    }

    // Bradbury et al. 2016, fo-pooling
    public static double[] Qrnn(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        s["c"] = Mix(Sigmoid(w.Input(1, x)), s["c"], Tanh(w.Input(0, x)));
        return Times(Sigmoid(w.Input(2, x)), s["c"]);
    }

    // Kusupati et al. 2018
    public static double[] FastGrnn(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        double[] sum = Plus(w.Product("weight_x", x), w.Product("weight_h", s["h"]));
        double[] z = Sigmoid(Plus(sum, w["bias_z"])), n = Tanh(Plus(sum, w["bias_n"]));
        double zeta = Sigmoid(w["zeta"])[0], nu = Sigmoid(w["nu"])[0];
        return s["h"] = Plus(Times(Map(z, value => (zeta * (1 - value)) + nu), n), Times(z, s["h"]));
    }

    // Turkoglu et al. 2019
    public static double[] Star(Weights w, double[] x, Dictionary<string, double[]> s) =>
        s["h"] = Tanh(Mix(Sigmoid(w.Gate(1, 0, x, s["h"])), Tanh(w.Input(0, x)), s["h"]));

    // Beck et al. 2024, equations 8 to 17, without the stabiliser, which changes no output: c and n by their definition, in a range where they are finite
    public static PublishedStep SLstm(bool exponential) => (w, x, s) =>
    {
        double[] h = s["h"], z = Tanh(w.Gate(0, x, h)), i = Map(w.Gate(1, x, h), Math.Exp), o = Sigmoid(w.Gate(3, x, h));
        double[] f = exponential ? Map(w.Gate(2, x, h), Math.Exp) : Sigmoid(w.Gate(2, x, h));
        s["c"] = Plus(Times(f, s["c"]), Times(i, z));
        s["n"] = Plus(Times(f, s["n"]), i);
        return s["h"] = Times(o, [.. s["c"].Zip(s["n"], (c, n) => c / n)]);
    };

    // Hasani et al. 2022, equation 10
    public static PublishedStep Cfc(int time) => (w, x, s) =>
    {
        double[] b = Tanh(Plus(Plus(w.Product("backbone_x", x), w.Product("backbone_h", s["h"])), w["backbone_bias"]));
        double[] Head(string name) => Plus(w.Product("weight_" + name, b), w["bias_" + name]);
        double span = time < 0 ? 1 : x[time];
        return s["h"] = Mix(Sigmoid(Map(Head("f"), value => -value * span)), Tanh(Head("g")), Tanh(Head("k")));
    };

    // Hasani et al. 2021, equation 3
    public static PublishedStep Ltc(int time) => (w, x, s) =>
    {
        double span = time < 0 ? 1 : x[time];
        double[] f = Sigmoid(w.Gate(0, x, s["h"])), rate = Map(w["rate"], value => Math.Log(1 + Math.Exp(value)));
        return s["h"] = [.. s["h"].Select((h, unit) => (h + (span * f[unit] * w["bound"][unit])) / (1 + (span * (rate[unit] + f[unit]))))];
    };

    // Euler's method
    public static PublishedStep CtRnn(double? leak) => (w, x, s) =>
        s["h"] = Mix(leak is { } known ? Map(s["h"], _ => known) : Sigmoid(w["leak"]), Tanh(w.Gate(0, x, s["h"])), s["h"]);

    // Voelker, Kajić and Eliasmith 2019
    public static double[] Lmu(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        double[] u = Plus(Plus(w.Product("encoder_x", x), w.Product("encoder_h", s["h"])), w.Product("encoder_m", s["m"]));
        s["m"] = Plus(w.Product("memory", s["m"]), w.Product("memory_input", u));
        return s["h"] = Tanh(Plus(Plus(w.Product("weight_x", x), w.Product("weight_h", s["h"])), w.Product("weight_m", s["m"])));
    }

    // Vecoven, Ernst and Drion 2020
    public static double[] Nbrc(Weights w, double[] x, Dictionary<string, double[]> s)
    {
        double[] h = s["h"], c = Sigmoid(w.Gate(0, x, h)), a = Map(Tanh(w.Gate(1, x, h)), value => 1 + value);
        return s["h"] = Mix(c, h, Tanh(Plus(w.Input(2, x), Times(a, h))));
    }
}
